// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { NewConversationParams } from "./NewConversationParams";
import type { ResponseItem } from "./ResponseItem";
import type { ThreadId } from "./ThreadId";

/** Loads a conversation: from the file at `path`, else by id, else from `history`. */
export type ResumeConversationParams = {
  path?: string | null,
  conversationId?: ThreadId | null,
  history?: Array<ResponseItem> | null,
  overrides?: NewConversationParams | null,
};
