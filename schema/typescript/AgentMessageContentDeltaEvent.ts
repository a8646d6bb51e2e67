// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The next piece of a message, with the item it belongs to. */
export type AgentMessageContentDeltaEvent = {
  thread_id: string,
  turn_id: string,
  item_id: string,
  delta: string,
};
