// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The next piece of a reasoning summary, with the item it belongs to. */
export type ReasoningContentDeltaEvent = {
  thread_id: string,
  turn_id: string,
  item_id: string,
  delta: string,
  summary_index?: number,
};
