/** Errors and interruptions as a client sees them: a message for people and a class for programs. */

import type { Uint16 } from "./numbers.js";

/** Errors that carry the HTTP status, when there was one. @inline */
export interface HttpErrorDetail {
  http_status_code?: Uint16 | null;
}

/** The class of an error, as the legacy wire spells it. */
export type CodexErrorInfo =
  | "context_window_exceeded"
  | "usage_limit_exceeded"
  | "internal_server_error"
  | "unauthorized"
  | "bad_request"
  | "sandbox_error"
  | "thread_rollback_failed"
  | "other"
  | HttpConnectionFailedError
  | ResponseStreamConnectionFailedError
  | ResponseStreamDisconnectedError
  | ResponseTooManyFailedAttemptsError;

/** What went wrong in a turn. */
export interface TurnError {
  /** One sentence for a person, with the way out where there is one. */
  message: string;
  info: CodexErrorInfo | null;
  /** The technical cause, when it says more than the message. */
  additionalDetails: string | null;
}

/** No connection could be made. @inline @closed */
export interface HttpConnectionFailedError {
  http_connection_failed: HttpErrorDetail;
}

/** The stream could not be opened. @inline @closed */
export interface ResponseStreamConnectionFailedError {
  response_stream_connection_failed: HttpErrorDetail;
}

/** The stream broke; also said on every retry. @inline @closed */
export interface ResponseStreamDisconnectedError {
  response_stream_disconnected: HttpErrorDetail;
}

/** The last retry failed too. @inline @closed */
export interface ResponseTooManyFailedAttemptsError {
  response_too_many_failed_attempts: HttpErrorDetail;
}

/** Why a turn was cut short. @wire TurnAbortReason */
export type AbortReason = "interrupted" | "replaced" | "review_ended";
