// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { SortDirection } from "./SortDirection";

/** Lists the items of a stored thread. */
export type ThreadItemsListParams = {
  threadId: string,
  /** Only items of this turn. */
  turnId?: string | null,
  cursor?: string | null,
  limit?: number | null,
  sortDirection?: SortDirection | null,
};
