// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { CommandRisk } from "./CommandRisk";
import type { ExecPolicyAmendment } from "./ExecPolicyAmendment";
import type { ParsedCommand } from "./ParsedCommand";

/** May this command run? */
export type ExecApprovalRequestEvent = {
  call_id: string,
  turn_id?: string,
  command: Array<string>,
  cwd: string,
  reason?: string | null,
  /** The allow rule that a client may offer. */
  proposed_execpolicy_amendment?: ExecPolicyAmendment | null,
  parsed_cmd: Array<ParsedCommand>,
  /** Only with `experimental_sandbox_command_assessment`. (since 0.1.0) */
  risk?: CommandRisk | null,
};
