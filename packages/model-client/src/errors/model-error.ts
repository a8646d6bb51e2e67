/** The one error that model clients throw: what happened, what to tell people and programs, and whether trying again can help. */

import type { CodexErrorInfo, RateLimitSnapshot } from "@codex-ts/protocol";

/** What happened. */
export type ModelErrorKind =
  /** The conversation does not fit the model's window. */
  | "contextWindow"
  /** The account has no credit left. */
  | "quota"
  /** The ChatGPT plan does not include this. */
  | "plan"
  /** The ChatGPT plan's limit is reached for now. */
  | "usageLimit"
  /** 429 without more to say. */
  | "tooManyRequests"
  /** 500. */
  | "serverError"
  /** Any other status that is not 2xx. */
  | "httpStatus"
  /** 400, or a prompt the server refuses. */
  | "badRequest"
  /** The server cannot decode an image of the conversation. */
  | "invalidImage"
  /** The login cannot be renewed: the person must log in again. */
  | "unauthorized"
  /** No connection, or it broke. */
  | "connection"
  /** The stream ended before the response did. */
  | "streamClosed"
  /** The stream said nothing for too long. */
  | "idleTimeout"
  /** `response.failed` for a reason that may pass. */
  | "responseFailed"
  /** The environment variable with the key is not set. */
  | "missingKey"
  /** This wire cannot do what was asked. */
  | "unsupported"
  /** The answer is not an event stream (a login page, a wrong base URL). */
  | "notAStream"
  /** A replay does not fit what happens now. */
  | "replayMismatch";

/** What a `ModelError` can carry besides its message. */
export interface ModelErrorDetails {
  httpStatus?: number | null;
  /** The server's wish, in milliseconds. */
  retryAfterMs?: number | null;
  /** Limits that came with the refusal. */
  rateLimits?: RateLimitSnapshot | null;
  /** Overrides what the kind implies. */
  retryable?: boolean;
  cause?: unknown;
}

const KINDS: Readonly<Record<ModelErrorKind, true>> = {
  contextWindow: true,
  quota: true,
  plan: true,
  usageLimit: true,
  tooManyRequests: true,
  serverError: true,
  httpStatus: true,
  badRequest: true,
  invalidImage: true,
  unauthorized: true,
  connection: true,
  streamClosed: true,
  idleTimeout: true,
  responseFailed: true,
  missingKey: true,
  unsupported: true,
  notAStream: true,
  replayMismatch: true,
};

/** Whether a text from a file names a kind. */
export function isModelErrorKind(text: string): text is ModelErrorKind {
  return Object.hasOwn(KINDS, text);
}

const RETRYABLE: ReadonlySet<ModelErrorKind> = new Set<ModelErrorKind>([
  "tooManyRequests",
  "serverError",
  "connection",
  "streamClosed",
  "idleTimeout",
  "responseFailed",
]);

/** A request that failed. `message` is for a person. */
export class ModelError extends Error {
  override readonly name = "ModelError";
  readonly kind: ModelErrorKind;
  readonly httpStatus: number | null;
  readonly retryAfterMs: number | null;
  readonly rateLimits: RateLimitSnapshot | null;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;

  constructor(kind: ModelErrorKind, message: string, details: ModelErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.httpStatus = details.httpStatus ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.rateLimits = details.rateLimits ?? null;
    this.retryable = details.retryable ?? RETRYABLE.has(kind);
  }

  /** The class of the error, as events and clients name it. */
  get info(): CodexErrorInfo {
    switch (this.kind) {
      case "contextWindow":
        return "context_window_exceeded";
      case "quota":
      case "plan":
      case "usageLimit":
        return "usage_limit_exceeded";
      case "tooManyRequests":
        return { response_too_many_failed_attempts: { http_status_code: this.httpStatus } };
      case "serverError":
        return "internal_server_error";
      case "unauthorized":
        return "unauthorized";
      case "unsupported":
      case "invalidImage":
        return "bad_request";
      case "httpStatus":
      case "badRequest":
      case "connection":
      case "streamClosed":
      case "idleTimeout":
      case "responseFailed":
      case "missingKey":
      case "notAStream":
      case "replayMismatch":
        return "other";
    }
  }
}

/** A stream that broke: the common shape of its messages. */
export function disconnected(
  kind: "connection" | "streamClosed" | "idleTimeout" | "responseFailed",
  reason: string,
  details: ModelErrorDetails = {},
): ModelError {
  return new ModelError(kind, `stream disconnected before completion: ${reason}`, details);
}

/** The conversation outgrew the model. */
export function contextWindowExceeded(): ModelError {
  return new ModelError(
    "contextWindow",
    "Codex ran out of room in the model's context window. Start a new thread or clear earlier history before retrying.",
  );
}
