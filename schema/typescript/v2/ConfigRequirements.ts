// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AskForApproval } from "./AskForApproval";
import type { SandboxMode } from "./SandboxMode";

/** What the administrator allows; null: no limit. */
export type ConfigRequirements = {
  allowedApprovalPolicies: Array<AskForApproval> | null,
  allowedSandboxModes: Array<SandboxMode> | null,
};
