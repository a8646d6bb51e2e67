// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { CodexErrorInfo } from "./CodexErrorInfo";

/** The stream broke and is tried again. */
export type StreamErrorEvent = {
  message: string,
  codex_error_info?: CodexErrorInfo | null,
  additional_details?: string | null,
};
