// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Lists stored conversations, last updated first. */
export type ListConversationsParams = {
  pageSize?: number | null,
  cursor?: string | null,
  modelProviders?: Array<string> | null,
};
