// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ThreadId } from "./ThreadId";

/** Finds a conversation by id, or by its file (relative: under CODEX_HOME). */
export type GetConversationSummaryParams = {
  rolloutPath: string,
} | {
  conversationId: ThreadId,
};
