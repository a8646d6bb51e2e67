// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ReviewDecision } from "./ReviewDecision";

/** The answer for a command. */
export type ExecCommandApprovalResponse = {
  decision: ReviewDecision,
};
