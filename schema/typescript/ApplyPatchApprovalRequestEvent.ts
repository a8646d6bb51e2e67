// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { FileChange } from "./FileChange";

/** May these files change? */
export type ApplyPatchApprovalRequestEvent = {
  call_id: string,
  turn_id?: string,
  /** Changes by absolute path; for a move the key is the old path. */
  changes: { [key in string]?: FileChange },
  reason?: string | null,
  /** A folder that a client may offer to make writable for the session. */
  grant_root?: string | null,
};
