// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Lists the threads that are loaded in this process. */
export type ThreadLoadedListParams = {
  /** The last id of the page before. */
  cursor?: string | null,
  limit?: number | null,
};
