/** The contract for running one command to its end; `sandboxed-runner.ts` is the real one. */

import type { SandboxPolicy } from "@codex-ts/protocol";
import type { CapturedOutput, OnOutput } from "./output-capture.js";

/** One command. */
export interface RunRequest {
  argv: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** Text for stdin; without it stdin is empty. */
  stdin?: string;
  /** Milliseconds; null: none. */
  timeoutMs: number | null;
  /** What the operating system must hold it to; null: it runs bare. */
  sandbox: { policy: SandboxPolicy; cwd: string } | null;
}

/** How it went. */
export interface RunOutcome extends CapturedOutput {
  /** 124 after a timeout, 128+n when signal n ended it. */
  exitCode: number;
  durationMs: number;
  timedOut: boolean;
  /** The sandbox got in its way. */
  denied: boolean;
  /** What a person should know: weaker enforcement, a protected file that was changed. */
  notices: readonly string[];
}

/** A command could not be started; the message says what and why. */
export class CommandStartError extends Error {
  override readonly name = "CommandStartError";
}

/** Runs commands. */
export interface CommandRunner {
  /** What enforces policies here, for texts; null: nothing can, so sandboxed commands are refused. */
  enforces(policy: SandboxPolicy): boolean;
  /**
   * Runs to the end. When the signal says so, the whole process group is ended and the outcome is what there was.
   * @throws {CommandStartError}
   */
  run(request: RunRequest, options: { signal: AbortSignal; onOutput: OnOutput }): Promise<RunOutcome>;
}
