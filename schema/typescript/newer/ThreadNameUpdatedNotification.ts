// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A thread's name changed; absent: it has none any more. */
export type ThreadNameUpdatedNotification = {
  threadId: string,
  threadName?: string,
};
