// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The next piece of raw reasoning, with the item it belongs to. */
export type ReasoningRawContentDeltaEvent = {
  thread_id: string,
  turn_id: string,
  item_id: string,
  delta: string,
  content_index?: number,
};
