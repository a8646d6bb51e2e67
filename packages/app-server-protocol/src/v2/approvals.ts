/** Questions of the server to the client. */

import type { CommandRisk } from "@codex-ts/protocol";
import type { CommandAction } from "./items.js";

/** May this command run? The item was told before. */
export interface CommandExecutionRequestApprovalParams {
  threadId: string;
  turnId: string;
  itemId: string;
  /** Why it is asked; null when nothing is known. */
  reason: string | null;
  /** argv, joined with POSIX shell quoting. */
  command: string | null;
  cwd: string | null;
  commandActions: CommandAction[] | null;
  /** The allow rule that a client may offer; null when none makes sense. */
  proposedExecpolicyAmendment: string[] | null;
  /** A shorter rule, such as `git push`, that a client may offer beside it. @since 0.1.0 */
  shortExecpolicyAmendment?: string[] | null;
  /** Only with `experimental_sandbox_command_assessment`. @since 0.1.0 */
  risk?: CommandRisk | null;
}

/** Run, and allow the prefix from now on. @inline @closed */
export interface AcceptWithExecpolicyAmendmentDecision {
  acceptWithExecpolicyAmendment: {
    execpolicy_amendment: string[];
  };
}

/** The answer: `decline` lets the turn go on, `cancel` stops it. */
export type CommandExecutionApprovalDecision =
  | "accept"
  | "acceptForSession"
  | AcceptWithExecpolicyAmendmentDecision
  | "decline"
  | "cancel";

/** The answer for a command. */
export interface CommandExecutionRequestApprovalResponse {
  decision: CommandExecutionApprovalDecision;
}

/** May these files change? The changes are in the item that was told before. */
export interface FileChangeRequestApprovalParams {
  threadId: string;
  turnId: string;
  itemId: string;
  reason: string | null;
  /** A folder that a client may offer to make writable for the session; null: none. */
  grantRoot: string | null;
}

/** The answer: `acceptForSession` is remembered by path, `decline` lets the turn go on, `cancel` stops it. */
export type FileChangeApprovalDecision = "accept" | "acceptForSession" | "decline" | "cancel";

/** The answer for a patch. */
export interface FileChangeRequestApprovalResponse {
  decision: FileChangeApprovalDecision;
}

/** A choice of an answer. */
export interface ToolRequestUserInputOption {
  label: string;
  description: string;
}

/** One question of the model to the user. */
export interface ToolRequestUserInputQuestion {
  id: string;
  header: string;
  question: string;
  /** Whether a free text is welcome besides the options. @default false */
  isOther: boolean;
  options: ToolRequestUserInputOption[] | null;
}

/** The model asks the user. Experimental. */
export interface ToolRequestUserInputParams {
  threadId: string;
  turnId: string;
  itemId: string;
  questions: ToolRequestUserInputQuestion[];
}

/** The answers to one question. */
export interface ToolRequestUserInputAnswer {
  answers: string[];
}

/** The answers by question id. */
export interface ToolRequestUserInputResponse {
  answers: Record<string, ToolRequestUserInputAnswer>;
}

/** A tool that the client runs itself is called. */
export interface DynamicToolCallParams {
  threadId: string;
  turnId: string;
  callId: string;
  tool: string;
  arguments: unknown;
}

/** What the tool says; goes to the model as it is. */
export interface DynamicToolCallResponse {
  output: string;
  success: boolean;
}
