// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { FileChange } from "./FileChange";

/** A patch begins. */
export type PatchApplyBeginEvent = {
  call_id: string,
  turn_id?: string,
  /** Nobody was asked before the first attempt. */
  auto_approved: boolean,
  /** Changes by absolute path; for a move the key is the old path. */
  changes: { [key in string]?: FileChange },
};
