// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { FileChange } from "./FileChange";
import type { ThreadId } from "./ThreadId";

/** May these files change? */
export type ApplyPatchApprovalParams = {
  conversationId: ThreadId,
  callId: string,
  fileChanges: { [key in string]?: FileChange },
  reason: string | null,
  /** A folder that a client may offer to make writable for the session; null: none. */
  grantRoot: string | null,
};
