/** Words failures of a turn for clients. */

import type { ModelError } from "@codex-ts/model-client";
import type { TurnError } from "@codex-ts/protocol";

/** What clients are told of a failed request. */
export function turnErrorOf(error: ModelError): TurnError {
  if (error.kind === "invalidImage") {
    return {
      message: "Invalid image in your last message. Please remove it and try again.",
      info: error.info,
      additionalDetails: error.message,
    };
  }
  return { message: error.message, info: error.info, additionalDetails: null };
}

/** What clients are told of a defect of ours: the turn ends, the thread lives on. */
export function unexpectedError(error: unknown): TurnError {
  const message = error instanceof Error ? error.message : String(error);
  return { message: `internal error: ${message}`, info: "other", additionalDetails: null };
}
