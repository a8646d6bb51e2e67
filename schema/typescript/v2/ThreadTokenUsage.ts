// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { TokenUsageBreakdown } from "./TokenUsageBreakdown";

/** A thread's usage so far. */
export type ThreadTokenUsage = {
  total: TokenUsageBreakdown,
  last: TokenUsageBreakdown,
  /** Usable tokens of the model's window; null for unknown models. */
  modelContextWindow: number | null,
};
