// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ThreadItem } from "./ThreadItem";

/** An item begins; everything else about it comes later. */
export type ItemStartedNotification = {
  item: ThreadItem,
  threadId: string,
  turnId: string,
};
