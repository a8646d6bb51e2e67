/** Keeps a thread's tokens and limits, and says when they change. */

import type {
  RateLimitSnapshot,
  ResponseItem,
  ThreadEventBody,
  TokenUsage,
  TokenUsageInfo,
  TurnId,
} from "@codex-ts/protocol";
import {
  addUsage,
  afterHistoryChange,
  afterResponse,
  estimateContextTokens,
  hiddenReasoningTokens,
  noUsage,
  windowFull,
} from "../context/token-accounting.js";

/** What a thread has spent. */
export class UsageMeter {
  /** The provider counts past reasoning itself; true until the next turn begins. */
  reasoningIncluded = false;
  #usage: TokenUsageInfo | null;
  #limits: RateLimitSnapshot | null = null;
  readonly #emit: (body: ThreadEventBody, turnId: TurnId | null) => void;

  constructor(usage: TokenUsageInfo | null, emit: (body: ThreadEventBody, turnId: TurnId | null) => void) {
    this.#usage = usage;
    this.#emit = emit;
  }

  /** Tokens and window; null before the first report. */
  get usage(): TokenUsageInfo | null {
    return this.#usage;
  }

  /** A response reported what it used. */
  noteUsage(usage: TokenUsage, window: number | null, turnId: TurnId): void {
    this.#usage = afterResponse(this.#usage, usage, window);
    this.#say(turnId);
  }

  /** Another thread spent tokens on this one's behalf: they count in the total, the context stays as it is. */
  noteSideUsage(spent: TokenUsage, window: number | null, turnId: TurnId): void {
    this.#usage = {
      total_token_usage: addUsage(this.#usage?.total_token_usage ?? noUsage, spent),
      last_token_usage: this.#usage?.last_token_usage ?? noUsage,
      model_context_window: window,
    };
    this.#say(turnId);
  }

  /** A response spoke of limits; null: it did not, and the last known ones are said again. */
  noteRateLimits(snapshot: RateLimitSnapshot | null, turnId: TurnId): void {
    if (snapshot !== null) {
      // Windows are always told anew; credits and plan only when something is known of them.
      this.#limits = {
        ...snapshot,
        credits: snapshot.credits ?? this.#limits?.credits ?? null,
        plan_type: snapshot.plan_type ?? this.#limits?.plan_type ?? null,
      };
    }
    this.#say(turnId);
  }

  /** The provider refused a request for its length. */
  noteFullWindow(window: number | null, turnId: TurnId): void {
    this.#usage = windowFull(window) ?? this.#usage;
    this.#say(turnId);
  }

  /** The history itself changed, so what it takes is estimated. */
  noteHistoryChange(
    instructions: string,
    history: readonly ResponseItem[],
    window: number | null,
    turnId: TurnId,
  ): void {
    this.#usage = afterHistoryChange(this.#usage, estimateContextTokens(instructions, history), window);
    this.#say(turnId);
  }

  /** Tokens of the context as the next request would send it. */
  tokensInUse(history: readonly ResponseItem[]): number {
    const reported = this.#usage?.last_token_usage.total_tokens ?? 0;
    return this.reasoningIncluded ? reported : reported + hiddenReasoningTokens(history);
  }

  #say(turnId: TurnId): void {
    this.#emit({ type: "usage", usage: this.#usage, rateLimits: this.#limits }, turnId);
  }
}
