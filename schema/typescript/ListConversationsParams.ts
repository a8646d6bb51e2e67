// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Lists stored conversations, last updated first. */
export type ListConversationsParams = {
  cursor?: string | null,
  modelProviders?: Array<string> | null,
  pageSize?: number | null,
};
