// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Moves a thread's file back from the archive. */
export type ThreadUnarchiveParams = {
  threadId: string,
};
