// GENERATED CODE! DO NOT MODIFY BY HAND!

/** What the model thought. */
export type ReasoningItem = {
  id: string,
  summary_text: Array<string>,
  raw_content?: Array<string>,
};
