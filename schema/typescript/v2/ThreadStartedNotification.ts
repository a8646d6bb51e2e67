// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Thread } from "./Thread";

/** A thread was started or forked. */
export type ThreadStartedNotification = {
  thread: Thread,
};
