// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The next piece of a message. */
export type AgentMessageDeltaNotification = {
  threadId: string,
  turnId: string,
  itemId: string,
  delta: string,
};
