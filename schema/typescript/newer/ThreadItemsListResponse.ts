// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ThreadItem } from "../v2/ThreadItem";

/** A page of items. */
export type ThreadItemsListResponse = {
  data: Array<ThreadItem>,
  /** null at the end. */
  nextCursor: string | null,
};
