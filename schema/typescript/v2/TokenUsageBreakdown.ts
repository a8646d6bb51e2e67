// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Tokens of one response, or a sum of them. */
export type TokenUsageBreakdown = {
  totalTokens: number,
  inputTokens: number,
  /** The part of `inputTokens` that was read from the provider's cache. */
  cachedInputTokens: number,
  outputTokens: number,
  /** The part of `outputTokens` that was reasoning. */
  reasoningOutputTokens: number,
};
