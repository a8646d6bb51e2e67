/** Questions of the server to a v1 client. */

import type { CommandRisk, FileChange, ParsedCommand, ReviewDecision, ThreadId } from "@codex-ts/protocol";

/** May this command run? */
export interface ExecCommandApprovalParams {
  conversationId: ThreadId;
  callId: string;
  command: string[];
  cwd: string;
  reason: string | null;
  parsedCmd: ParsedCommand[];
  /** Only with `experimental_sandbox_command_assessment`. @since 0.1.0 */
  risk?: CommandRisk | null;
}

/** The answer for a command. */
export interface ExecCommandApprovalResponse {
  decision: ReviewDecision;
}

/** May these files change? */
export interface ApplyPatchApprovalParams {
  conversationId: ThreadId;
  callId: string;
  fileChanges: Record<string, FileChange>;
  reason: string | null;
  /** A folder that a client may offer to make writable for the session; null: none. */
  grantRoot: string | null;
}

/** The answer for a patch. */
export interface ApplyPatchApprovalResponse {
  decision: ReviewDecision;
}
