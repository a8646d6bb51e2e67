/** Usage and limits between core's words and v2's. */

import type {
  RateLimitSnapshot as CoreLimits,
  RateLimitWindow as CoreWindow,
  TokenUsage,
  TokenUsageInfo,
} from "@codex-ts/protocol";
import type { RateLimitSnapshot, RateLimitWindow, ThreadTokenUsage, TokenUsageBreakdown } from "../v2/account.js";

/** @returns a thread's usage in v2's words */
export function tokenUsageToV2(usage: TokenUsageInfo): ThreadTokenUsage {
  return {
    total: breakdown(usage.total_token_usage),
    last: breakdown(usage.last_token_usage),
    modelContextWindow: usage.model_context_window ?? null,
  };
}

function breakdown(usage: TokenUsage): TokenUsageBreakdown {
  return {
    totalTokens: usage.total_tokens,
    inputTokens: usage.input_tokens,
    cachedInputTokens: usage.cached_input_tokens,
    outputTokens: usage.output_tokens,
    reasoningOutputTokens: usage.reasoning_output_tokens,
  };
}

/** @returns limits in v2's words */
export function rateLimitsToV2(limits: CoreLimits): RateLimitSnapshot {
  const { credits } = limits;
  return {
    primary: rateLimitWindow(limits.primary),
    secondary: rateLimitWindow(limits.secondary),
    credits: credits
      ? { hasCredits: credits.has_credits, unlimited: credits.unlimited, balance: credits.balance ?? null }
      : null,
    planType: limits.plan_type ?? null,
  };
}

function rateLimitWindow(window: CoreWindow | null | undefined): RateLimitWindow | null {
  if (!window) return null;
  return {
    usedPercent: Math.round(window.used_percent),
    windowDurationMins: window.window_minutes ?? null,
    resetsAt: window.resets_at ?? null,
  };
}
