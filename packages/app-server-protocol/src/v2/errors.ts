/** Errors as v2 tells them. */

import type { Uint16 } from "@codex-ts/protocol";

/** No connection could be made. @inline @closed */
export interface HttpConnectionFailedError {
  httpConnectionFailed: {
    httpStatusCode?: Uint16 | null;
  };
}

/** The stream could not be opened. @inline @closed */
export interface ResponseStreamConnectionFailedError {
  responseStreamConnectionFailed: {
    httpStatusCode?: Uint16 | null;
  };
}

/** The stream broke; also said on every retry. @inline @closed */
export interface ResponseStreamDisconnectedError {
  responseStreamDisconnected: {
    httpStatusCode?: Uint16 | null;
  };
}

/** The last retry failed too. @inline @closed */
export interface ResponseTooManyFailedAttemptsError {
  responseTooManyFailedAttempts: {
    httpStatusCode?: Uint16 | null;
  };
}

/** The class of an error. A status is null when the failure had none. */
export type CodexErrorInfo =
  | "contextWindowExceeded"
  | "usageLimitExceeded"
  | "internalServerError"
  | "unauthorized"
  | "badRequest"
  | "threadRollbackFailed"
  | "sandboxError"
  | "other"
  | HttpConnectionFailedError
  | ResponseStreamConnectionFailedError
  | ResponseStreamDisconnectedError
  | ResponseTooManyFailedAttemptsError;

/** What went wrong in a turn. */
export interface TurnError {
  /** One sentence for a person. */
  message: string;
  /** null when the class is not known. */
  codexErrorInfo: CodexErrorInfo | null;
  /** The technical cause, when it says more than the message. */
  additionalDetails: string | null;
}

/** An error of a turn. */
export interface ErrorNotification {
  error: TurnError;
  /** true: the server tries again by itself and the turn goes on. */
  willRetry: boolean;
  threadId: string;
  turnId: string;
}
