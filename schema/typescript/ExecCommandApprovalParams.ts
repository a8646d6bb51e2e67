// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { CommandRisk } from "./CommandRisk";
import type { ParsedCommand } from "./ParsedCommand";
import type { ThreadId } from "./ThreadId";

/** May this command run? */
export type ExecCommandApprovalParams = {
  conversationId: ThreadId,
  callId: string,
  command: Array<string>,
  cwd: string,
  reason: string | null,
  parsedCmd: Array<ParsedCommand>,
  /** Only with `experimental_sandbox_command_assessment`. (since 0.1.0) */
  risk?: CommandRisk | null,
};
