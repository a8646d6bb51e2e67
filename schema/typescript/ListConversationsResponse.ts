// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ConversationSummary } from "./ConversationSummary";

/** A page of conversations. */
export type ListConversationsResponse = {
  items: Array<ConversationSummary>,
  nextCursor: string | null,
};
