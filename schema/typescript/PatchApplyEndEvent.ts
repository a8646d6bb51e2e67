// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { FileChange } from "./FileChange";

/** A patch ended. */
export type PatchApplyEndEvent = {
  call_id: string,
  turn_id?: string,
  stdout: string,
  stderr: string,
  success: boolean,
  /** Changes by absolute path; for a move the key is the old path. */
  changes?: { [key in string]?: FileChange },
};
