// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ThreadId } from "./ThreadId";

/** Moves a conversation's file to the archive. */
export type ArchiveConversationParams = {
  conversationId: ThreadId,
  rolloutPath: string,
};
