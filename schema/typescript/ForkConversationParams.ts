// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { NewConversationParams } from "./NewConversationParams";
import type { ThreadId } from "./ThreadId";

/** Copies a stored conversation into a new one. */
export type ForkConversationParams = {
  path?: string | null,
  conversationId?: ThreadId | null,
  overrides?: NewConversationParams | null,
};
