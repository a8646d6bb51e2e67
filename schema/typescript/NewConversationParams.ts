// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AskForApproval } from "./AskForApproval";
import type { SandboxMode } from "./SandboxMode";

/** Starts a conversation; what is absent comes from the configuration. */
export type NewConversationParams = {
  model?: string | null,
  modelProvider?: string | null,
  profile?: string | null,
  cwd?: string | null,
  approvalPolicy?: AskForApproval | null,
  sandbox?: SandboxMode | null,
  config?: Record<string, never> | null,
  baseInstructions?: string | null,
  developerInstructions?: string | null,
  compactPrompt?: string | null,
  includeApplyPatchTool?: boolean | null,
};
