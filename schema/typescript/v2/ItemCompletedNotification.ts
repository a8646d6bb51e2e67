// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ThreadItem } from "./ThreadItem";

/** An item ended; nothing about it comes later. */
export type ItemCompletedNotification = {
  item: ThreadItem,
  threadId: string,
  turnId: string,
};
