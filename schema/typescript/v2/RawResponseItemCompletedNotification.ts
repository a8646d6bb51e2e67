// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ResponseItem } from "../ResponseItem";

/** An item of the model's conversation; only with `experimentalRawEvents`. */
export type RawResponseItemCompletedNotification = {
  threadId: string,
  turnId: string,
  item: ResponseItem,
};
