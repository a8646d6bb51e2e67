// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The class of an error. A status is null when the failure had none. */
export type CodexErrorInfo = "contextWindowExceeded" | "usageLimitExceeded" | "internalServerError" | "unauthorized" | "badRequest" | "threadRollbackFailed" | "sandboxError" | "other" | {
  httpConnectionFailed: {
    httpStatusCode?: number | null,
  },
} | {
  responseStreamConnectionFailed: {
    httpStatusCode?: number | null,
  },
} | {
  responseStreamDisconnected: {
    httpStatusCode?: number | null,
  },
} | {
  responseTooManyFailedAttempts: {
    httpStatusCode?: number | null,
  },
};
