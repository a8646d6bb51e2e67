// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { TokenUsage } from "./TokenUsage";

/** A thread's usage so far. */
export type TokenUsageInfo = {
  total_token_usage: TokenUsage,
  last_token_usage: TokenUsage,
  /** Usable tokens of the model's window (95 % of it by default); null for unknown models. */
  model_context_window?: number | null,
};
