// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { CommandExecutionApprovalDecision } from "./CommandExecutionApprovalDecision";

/** The answer for a command. */
export type CommandExecutionRequestApprovalResponse = {
  decision: CommandExecutionApprovalDecision,
};
