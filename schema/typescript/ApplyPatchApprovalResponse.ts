// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ReviewDecision } from "./ReviewDecision";

/** The answer for a patch. */
export type ApplyPatchApprovalResponse = {
  decision: ReviewDecision,
};
