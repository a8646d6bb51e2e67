// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The next piece of a patch's output. */
export type FileChangeOutputDeltaNotification = {
  threadId: string,
  turnId: string,
  itemId: string,
  delta: string,
};
