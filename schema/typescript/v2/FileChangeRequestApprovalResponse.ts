// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { FileChangeApprovalDecision } from "./FileChangeApprovalDecision";

/** The answer for a patch. */
export type FileChangeRequestApprovalResponse = {
  decision: FileChangeApprovalDecision,
};
