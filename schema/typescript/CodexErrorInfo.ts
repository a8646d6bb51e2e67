// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The class of an error, as the legacy wire spells it. */
export type CodexErrorInfo = "context_window_exceeded" | "usage_limit_exceeded" | "internal_server_error" | "unauthorized" | "bad_request" | "sandbox_error" | "thread_rollback_failed" | "other" | {
  /** Errors that carry the HTTP status, when there was one. */
  http_connection_failed: {
    http_status_code?: number | null,
  },
} | {
  /** Errors that carry the HTTP status, when there was one. */
  response_stream_connection_failed: {
    http_status_code?: number | null,
  },
} | {
  /** Errors that carry the HTTP status, when there was one. */
  response_stream_disconnected: {
    http_status_code?: number | null,
  },
} | {
  /** Errors that carry the HTTP status, when there was one. */
  response_too_many_failed_attempts: {
    http_status_code?: number | null,
  },
};
