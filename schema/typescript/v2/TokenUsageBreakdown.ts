// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Tokens of one response, or a sum of them. */
export type TokenUsageBreakdown = {
  /** The part of `inputTokens` that was read from the provider's cache. */
  cachedInputTokens: number,
  inputTokens: number,
  outputTokens: number,
  /** The part of `outputTokens` that was reasoning. */
  reasoningOutputTokens: number,
  totalTokens: number,
};
