// GENERATED CODE! DO NOT MODIFY BY HAND!

/** One summary paragraph of a reasoning item. */
export type ReasoningItemReasoningSummary = {
  type: "summary_text",
  text: string,
};
