// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ThreadSortKey } from "./ThreadSortKey";
import type { ThreadSourceKind } from "./ThreadSourceKind";

/** Lists stored threads, newest first. */
export type ThreadListParams = {
  /** As the last page returned it. */
  cursor?: string | null,
  /** 1 to 100; 25 when absent. */
  limit?: number | null,
  sortKey?: ThreadSortKey | null,
  /** Absent: the server's current one; empty: all. */
  modelProviders?: Array<string> | null,
  /** Absent or empty: `cli` and `vscode`. */
  sourceKinds?: Array<ThreadSourceKind> | null,
  /** true: only archived threads. */
  archived?: boolean | null,
  /** Only threads whose preview or name contains this. (since 0.169) */
  searchTerm?: string | null,
  /** Only threads that began in this folder. (since 0.169) */
  cwd?: string | null,
};
