// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { CodexErrorInfo } from "./CodexErrorInfo";

/** What went wrong in a turn. */
export type TurnError = {
  /** One sentence for a person. */
  message: string,
  /** null when the class is not known. */
  codexErrorInfo: CodexErrorInfo | null,
  /** The technical cause, when it says more than the message. */
  additionalDetails: string | null,
};
