// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The next piece of raw reasoning; sent whatever that setting says. */
export type AgentReasoningRawContentDeltaEvent = {
  delta: string,
};
