// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { CodexErrorInfo } from "./CodexErrorInfo";

/** Something went wrong; the turn still ends with `task_complete` or `turn_aborted`. */
export type ErrorEvent = {
  message: string,
  codex_error_info?: CodexErrorInfo | null,
};
