// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The next piece of a message. */
export type AgentMessageDeltaEvent = {
  delta: string,
};
