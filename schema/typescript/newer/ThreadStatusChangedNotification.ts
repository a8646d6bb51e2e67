// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ThreadStatus } from "./ThreadStatus";

/** A thread's status changed. */
export type ThreadStatusChangedNotification = {
  threadId: string,
  status: ThreadStatus,
};
