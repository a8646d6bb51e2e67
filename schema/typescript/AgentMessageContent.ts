// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A part of a message of the model. */
export type AgentMessageContent = {
  type: "Text",
  text: string,
};
