// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A complete summary paragraph of the model's reasoning. */
export type AgentReasoningEvent = {
  text: string,
};
