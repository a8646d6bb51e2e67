// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ExecPolicyAmendment } from "./ExecPolicyAmendment";

/** The wire's single type for both. */
export type ReviewDecision = "approved" | "approved_for_session" | "denied" | "abort" | {
  approved_execpolicy_amendment: {
    proposed_execpolicy_amendment: ExecPolicyAmendment,
  },
};
