/** Commands outside of a thread, feedback, notices. */

import type { CommandExecTerminalSize } from "../newer/commands.js";
import type { Int32, Int64, Uint } from "@codex-ts/protocol";
import type { SandboxPolicy } from "./policies.js";

/** Runs a command outside of any thread. */
export interface CommandExecParams {
  command: string[];
  /** Milliseconds; 10,000 when absent. */
  timeoutMs?: Int64 | null;
  cwd?: string | null;
  sandboxPolicy?: SandboxPolicy | null;
  /** A name for the process, for `command/exec/write` and the like. @since 0.169 */
  processId?: string | null;
  /** Run on a terminal. @since 0.169 */
  tty?: boolean;
  /** Keep the input open. @since 0.169 */
  streamStdin?: boolean;
  /** Send `command/exec/outputDelta`. @since 0.169 */
  streamStdoutStderr?: boolean;
  /** Added to the environment; null removes. @since 0.169 */
  env?: Record<string, string | null> | null;
  /** The terminal's size. @since 0.169 */
  size?: CommandExecTerminalSize | null;
}

/** How the command ended. */
export interface CommandExecResponse {
  exitCode: Int32;
  stdout: string;
  stderr: string;
  /** The time limit ended the command; the output is what there was. @since 0.1.0 */
  timedOut?: boolean;
}

/** Sends feedback. */
export interface FeedbackUploadParams {
  classification: string;
  reason?: string | null;
  threadId?: string | null;
  includeLogs: boolean;
}

/** The thread that the feedback is filed under. */
export interface FeedbackUploadResponse {
  threadId: string;
}

/** A setting that will go away. */
export interface DeprecationNoticeNotification {
  summary: string;
  details: string | null;
}

/** Folders that everybody may write to weaken the Windows sandbox. */
export interface WindowsWorldWritableWarningNotification {
  samplePaths: string[];
  extraCount: Uint;
  failedScan: boolean;
}
