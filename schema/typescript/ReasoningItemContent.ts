// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Raw reasoning, where a provider shows it. */
export type ReasoningItemContent = {
  type: "reasoning_text",
  text: string,
} | {
  type: "text",
  text: string,
};
