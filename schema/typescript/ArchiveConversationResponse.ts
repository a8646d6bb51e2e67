// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Nothing to say. */
export type ArchiveConversationResponse = Record<string, never>;
