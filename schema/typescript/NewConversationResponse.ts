// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ReasoningEffort } from "./ReasoningEffort";
import type { ThreadId } from "./ThreadId";

/** The new conversation; nobody is subscribed to it yet. */
export type NewConversationResponse = {
  conversationId: ThreadId,
  model: string,
  reasoningEffort: ReasoningEffort | null,
  rolloutPath: string,
};
