// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A new summary paragraph begins. */
export type AgentReasoningSectionBreakEvent = {
  item_id?: string,
  summary_index?: number,
};
