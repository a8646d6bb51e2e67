// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { CommandAction } from "./CommandAction";
import type { CommandRisk } from "../CommandRisk";

/** May this command run? The item was told before. */
export type CommandExecutionRequestApprovalParams = {
  threadId: string,
  turnId: string,
  itemId: string,
  /** Why it is asked; null when nothing is known. */
  reason: string | null,
  /** argv, joined with POSIX shell quoting. */
  command: string | null,
  cwd: string | null,
  commandActions: Array<CommandAction> | null,
  /** The allow rule that a client may offer; null when none makes sense. */
  proposedExecpolicyAmendment: Array<string> | null,
  /** A shorter rule, such as `git push`, that a client may offer beside it. (since 0.1.0) */
  shortExecpolicyAmendment?: Array<string> | null,
  /** Only with `experimental_sandbox_command_assessment`. (since 0.1.0) */
  risk?: CommandRisk | null,
};
