// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A complete message of the model. */
export type AgentMessageEvent = {
  message: string,
};
