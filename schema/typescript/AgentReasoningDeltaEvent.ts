// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The next piece of a summary. */
export type AgentReasoningDeltaEvent = {
  delta: string,
};
