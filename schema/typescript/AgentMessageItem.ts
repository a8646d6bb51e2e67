// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AgentMessageContent } from "./AgentMessageContent";

/** What the model said. */
export type AgentMessageItem = {
  id: string,
  content: Array<AgentMessageContent>,
};
