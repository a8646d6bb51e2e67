/** Errors as a client sees them: a message for people and a class for programs. */

/** Errors that carry the HTTP status, when there was one. */
export interface HttpErrorDetail {
  http_status_code?: number | null;
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
  | { http_connection_failed: HttpErrorDetail }
  | { response_stream_connection_failed: HttpErrorDetail }
  | { response_stream_disconnected: HttpErrorDetail }
  | { response_too_many_failed_attempts: HttpErrorDetail };

/** What went wrong in a turn. */
export interface TurnError {
  /** One sentence for a person, with the way out where there is one. */
  message: string;
  info: CodexErrorInfo | null;
  /** The technical cause, when it says more than the message. */
  additionalDetails: string | null;
}
