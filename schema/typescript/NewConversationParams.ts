// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AskForApproval } from "./AskForApproval";
import type { SandboxMode } from "./SandboxMode";

/** Starts a conversation; what is absent comes from the configuration. */
export type NewConversationParams = {
  approvalPolicy?: AskForApproval | null,
  baseInstructions?: string | null,
  compactPrompt?: string | null,
  config?: Record<string, never> | null,
  cwd?: string | null,
  developerInstructions?: string | null,
  includeApplyPatchTool?: boolean | null,
  model?: string | null,
  modelProvider?: string | null,
  profile?: string | null,
  sandbox?: SandboxMode | null,
};
