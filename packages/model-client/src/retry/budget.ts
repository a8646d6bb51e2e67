/** The retries of one model request: silent ones before the stream begins, announced ones after; two counters, never multiplied. */

import type { ModelProviderInfo } from "@codex-ts/config";
import type { CodexErrorInfo } from "@codex-ts/protocol";
import type { ModelError } from "../errors/model-error.js";
import { backoffMs } from "./backoff.js";

/** How often a provider may be asked again. */
export type RetryLimits = Pick<ModelProviderInfo, "requestMaxRetries" | "streamMaxRetries">;

/** What to tell the user about a retry. */
export interface RetryNotice {
  /** `Reconnecting... 1/5`. */
  message: string;
  info: CodexErrorInfo;
  /** The error's text. */
  additionalDetails: string;
}

/** Whether to try again. */
export type RetryDecision =
  | { retry: true; attempt: number; maxAttempts: number; delayMs: number; notice: RetryNotice }
  | { retry: false };

/** A server that wants more patience than this is not waited for. */
const LONGEST_SERVER_DELAY_MS = 5 * 60_000;

/** Made once per model request and shared by all its attempts. */
export class RetryBudget {
  readonly #limits: RetryLimits;
  readonly #random: () => number;
  #requestRetries = 0;
  #streamRetries = 0;

  constructor(limits: RetryLimits, random: () => number = Math.random) {
    this.#limits = limits;
    this.#random = random;
  }

  /**
   * Takes a silent retry for a request that never became a stream.
   * @returns the delay in milliseconds; null when there is none left, or the error is not one to retry silently: only
   * connection failures and 5xx are, and only without a delay that the server asked for
   */
  takeSilentRetry(error: ModelError): number | null {
    const silent = error.kind === "connection" || (error.retryable && (error.httpStatus ?? 0) >= 500);
    if (!silent || error.retryAfterMs !== null || this.#requestRetries >= this.#limits.requestMaxRetries) return null;
    this.#requestRetries += 1;
    return backoffMs(this.#requestRetries, this.#random);
  }

  /** Takes an announced retry, if the error allows one and one is left. */
  decide(error: ModelError): RetryDecision {
    const maxAttempts = this.#limits.streamMaxRetries;
    const tooLong = (error.retryAfterMs ?? 0) > LONGEST_SERVER_DELAY_MS;
    if (!error.retryable || tooLong || this.#streamRetries >= maxAttempts) return { retry: false };
    this.#streamRetries += 1;
    const attempt = this.#streamRetries;
    return {
      retry: true,
      attempt,
      maxAttempts,
      delayMs: error.retryAfterMs ?? backoffMs(attempt, this.#random),
      notice: {
        message: `Reconnecting... ${attempt}/${maxAttempts}`,
        info: { response_stream_disconnected: { http_status_code: toldStatus(error) } },
        additionalDetails: error.message,
      },
    };
  }

  /** Starts over, for a request that is no longer the same (an older item was dropped from its input). */
  reset(): void {
    this.#requestRetries = 0;
    this.#streamRetries = 0;
  }
}

/** Clients of the original are not told the status of a server's own failure: its class says it. */
function toldStatus({ info, httpStatus }: ModelError): number | null {
  return info === "internal_server_error" ? null : httpStatus;
}
