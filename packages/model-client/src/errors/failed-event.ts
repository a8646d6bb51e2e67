/** Turns `response.failed` and stream `error` events into errors. Pure. */

import { contextWindowExceeded, disconnected, ModelError } from "./model-error.js";

/** The members of the event's `error` object that matter. */
export interface FailureBody {
  code: string | null;
  message: string | null;
  /** Given where there is no HTTP status of its own: on websockets. */
  status?: number | null;
}

/** @param failure null when the event had no error object */
export function failedResponseError(failure: FailureBody | null): ModelError {
  if (failure === null) return disconnected("responseFailed", "response.failed event received");
  switch (failure.code) {
    case "context_length_exceeded":
      return contextWindowExceeded();
    case "insufficient_quota":
      return quotaExceeded();
    case "usage_not_included":
      return planRequired();
    case "invalid_prompt":
      return new ModelError("badRequest", failure.message ?? "Invalid request.");
    default: {
      const retryAfterMs = failure.code === "rate_limit_exceeded" ? retryDelayInText(failure.message ?? "") : null;
      const status = failure.status ?? null;
      const details = { retryAfterMs, httpStatus: status };
      return status === null || mayPass(status)
        ? disconnected("responseFailed", failure.message ?? "", details)
        : new ModelError("httpStatus", failure.message ?? `The server answered with status ${status}.`, details);
    }
  }
}

/** Whether the same request may get another answer later. */
export function mayPass(status: number): boolean {
  return status >= 500 || status === 408 || status === 409 || status === 425 || status === 429;
}

/** The account has no credit left. */
export function quotaExceeded(): ModelError {
  return new ModelError("quota", "Quota exceeded. Check your plan and billing details.");
}

/** The ChatGPT plan does not include this. */
export function planRequired(): ModelError {
  return new ModelError(
    "plan",
    "To use Codex with your ChatGPT plan, upgrade to Plus: https://openai.com/chatgpt/pricing.",
  );
}

/** Milliseconds named by "try again in 1.5s", "... 20 ms", "... 3 seconds"; null when the text names none. */
export function retryDelayInText(text: string): number | null {
  const match = /try again in\s*(\d+(?:\.\d+)?)\s*(ms|seconds?|s)/i.exec(text);
  if (match === null) return null;
  const amount = Number(match[1]);
  return match[2]?.toLowerCase() === "ms" ? Math.trunc(amount) : Math.round(amount * 1000);
}
