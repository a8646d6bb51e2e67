// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Moves a thread's file to the archive. */
export type ThreadArchiveParams = {
  threadId: string,
};
