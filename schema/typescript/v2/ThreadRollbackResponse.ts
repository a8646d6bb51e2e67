// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Thread } from "./Thread";

/** The thread with the remaining turns. */
export type ThreadRollbackResponse = {
  thread: Thread,
};
