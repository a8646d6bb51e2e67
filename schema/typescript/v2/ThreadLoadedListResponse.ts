// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A page of thread ids, ascending. */
export type ThreadLoadedListResponse = {
  data: Array<string>,
  /** null at the end. */
  nextCursor: string | null,
};
