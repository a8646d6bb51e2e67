// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Tokens of one response, or a sum of them. */
export type TokenUsage = {
  input_tokens: number,
  /** The part of `input_tokens` that was read from the provider's cache. */
  cached_input_tokens: number,
  output_tokens: number,
  /** The part of `output_tokens` that was reasoning. */
  reasoning_output_tokens: number,
  total_tokens: number,
};
