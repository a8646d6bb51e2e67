// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Thread } from "./Thread";

/** The thread, without turns and not loaded. */
export type ThreadUnarchiveResponse = {
  thread: Thread,
};
