// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A complete raw reasoning text; only with `show_raw_agent_reasoning`. */
export type AgentReasoningRawContentEvent = {
  text: string,
};
