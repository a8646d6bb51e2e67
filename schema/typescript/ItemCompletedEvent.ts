// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ThreadId } from "./ThreadId";
import type { TurnItem } from "./TurnItem";

/** An item is complete. */
export type ItemCompletedEvent = {
  thread_id: ThreadId,
  turn_id: string,
  item: TurnItem,
};
