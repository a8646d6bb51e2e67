// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ConversationSummary } from "./ConversationSummary";

/** The stored conversation. */
export type GetConversationSummaryResponse = {
  summary: ConversationSummary,
};
