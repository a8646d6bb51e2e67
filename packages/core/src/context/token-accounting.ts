/** Counts tokens: what the provider reported, and estimates where it did not. */

import type { ResponseItem, TokenUsage, TokenUsageInfo } from "@codex-ts/protocol";
import { BYTES_PER_TOKEN } from "./truncation.js";

/** No tokens. */
export const noUsage: TokenUsage = {
  input_tokens: 0,
  cached_input_tokens: 0,
  output_tokens: 0,
  reasoning_output_tokens: 0,
  total_tokens: 0,
};

/** Sum of two usages. */
export function addUsage(a: TokenUsage, b: TokenUsage): TokenUsage {
  return {
    input_tokens: a.input_tokens + b.input_tokens,
    cached_input_tokens: a.cached_input_tokens + b.cached_input_tokens,
    output_tokens: a.output_tokens + b.output_tokens,
    reasoning_output_tokens: a.reasoning_output_tokens + b.reasoning_output_tokens,
    total_tokens: a.total_tokens + b.total_tokens,
  };
}

/** The thread's usage after one more response. */
export function afterResponse(
  info: TokenUsageInfo | null,
  response: TokenUsage,
  contextWindow: number | null,
): TokenUsageInfo {
  return {
    total_token_usage: addUsage(info?.total_token_usage ?? noUsage, response),
    last_token_usage: response,
    model_context_window: contextWindow,
  };
}

/** The usage to show when the window is known to be full: the provider refused the request for its length. */
export function windowFull(contextWindow: number | null): TokenUsageInfo | null {
  if (contextWindow === null) return null;
  const full = { ...noUsage, total_tokens: contextWindow };
  return { total_token_usage: full, last_token_usage: full, model_context_window: contextWindow };
}

/** The usage after the history itself changed: the context is estimated, the total stays. */
export function afterHistoryChange(
  info: TokenUsageInfo | null,
  estimatedTokens: number,
  contextWindow: number | null,
): TokenUsageInfo {
  return {
    total_token_usage: info?.total_token_usage ?? noUsage,
    last_token_usage: { ...noUsage, total_tokens: estimatedTokens },
    model_context_window: contextWindow,
  };
}

/** Estimated tokens of a text. */
export function estimateTextTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text, "utf8") / BYTES_PER_TOKEN);
}

/** Estimated tokens of a whole request: instructions and history. */
export function estimateContextTokens(instructions: string, history: readonly ResponseItem[]): number {
  return history.reduce((sum, item) => sum + estimateItemTokens(item), estimateTextTokens(instructions));
}

/**
 * Tokens of the past reasoning that providers drop from their own count: the encrypted reasoning before the last user
 * message, which is sent again all the same.
 */
export function hiddenReasoningTokens(history: readonly ResponseItem[]): number {
  const lastUser = history.findLastIndex((item) => item.type === "message" && item.role === "user");
  let bytes = 0;
  for (const item of history.slice(0, Math.max(lastUser, 0))) {
    if (item.type === "reasoning" && item.encrypted_content) bytes += decodedReasoningBytes(item.encrypted_content);
  }
  return Math.ceil(bytes / BYTES_PER_TOKEN);
}

/** Estimated tokens of one item as it is sent. */
export function estimateItemTokens(item: ResponseItem): number {
  if (item.type === "ghost_snapshot" || item.type === "other") return 0;
  const encrypted = (item.type === "reasoning" || item.type === "compaction") && item.encrypted_content;
  if (encrypted) return Math.ceil(decodedReasoningBytes(encrypted) / BYTES_PER_TOKEN);
  return Math.ceil(Buffer.byteLength(JSON.stringify(item), "utf8") / BYTES_PER_TOKEN);
}

/** Base64 without the fixed overhead of the encryption envelope. */
function decodedReasoningBytes(encrypted: string): number {
  return Math.max(0, Math.floor((encrypted.length * 3) / 4) - 650);
}
