// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AgentMessageContent } from "./AgentMessageContent";
import type { UserInput } from "./UserInput";
import type { WebSearchAction } from "./WebSearchAction";

/** Items of the older language; tags are PascalCase there. */
export type TurnItem = {
  id: string,
  content: Array<UserInput>,
  type: "UserMessage",
} | {
  id: string,
  content: Array<AgentMessageContent>,
  type: "AgentMessage",
} | {
  id: string,
  summary_text: Array<string>,
  raw_content?: Array<string>,
  type: "Reasoning",
} | {
  id: string,
  query: string,
  action: WebSearchAction,
  type: "WebSearch",
};
