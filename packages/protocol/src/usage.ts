/** Tokens spent and limits left. */

import type { Double, Int64 } from "./numbers.js";

/** Tokens of one response, or a sum of them. */
export interface TokenUsage {
  input_tokens: Int64;
  /** The part of `input_tokens` that was read from the provider's cache. */
  cached_input_tokens: Int64;
  output_tokens: Int64;
  /** The part of `output_tokens` that was reasoning. */
  reasoning_output_tokens: Int64;
  total_tokens: Int64;
}

/** A thread's usage so far. */
export interface TokenUsageInfo {
  total_token_usage: TokenUsage;
  last_token_usage: TokenUsage;
  /** Usable tokens of the model's window (95 % of it by default); null for unknown models. */
  model_context_window?: Int64 | null;
}

/** One rate-limit window. */
export interface RateLimitWindow {
  /** 0 to 100. */
  used_percent: Double;
  window_minutes?: Int64 | null;
  /** Unix seconds. */
  resets_at?: Int64 | null;
}

/** Credits of an account. */
export interface CreditsSnapshot {
  has_credits: boolean;
  unlimited: boolean;
  balance?: string | null;
}

/** An account's plan. */
export type PlanType = "free" | "plus" | "pro" | "team" | "business" | "enterprise" | "edu" | "unknown";

/** What the last response said about limits. */
export interface RateLimitSnapshot {
  primary?: RateLimitWindow | null;
  secondary?: RateLimitWindow | null;
  credits?: CreditsSnapshot | null;
  plan_type?: PlanType | null;
}
