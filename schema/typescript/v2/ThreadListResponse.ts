// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Thread } from "./Thread";

/** A page of threads. */
export type ThreadListResponse = {
  data: Array<Thread>,
  /** null at the end. */
  nextCursor: string | null,
  /** Files that were left out because they could not be read. (since 0.1.0) */
  unreadable?: number,
};
