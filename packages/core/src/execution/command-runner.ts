/** The contract for starting commands; `sandboxed-runner.ts` is the real one. */

import type { SandboxPolicy } from "@codex-ts/protocol";
import type { CapturedOutput, OnOutput } from "./output-capture.js";

/** One command. */
export interface StartRequest {
  argv: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** What the operating system must hold it to; null: it runs bare. */
  sandbox: { policy: SandboxPolicy; cwd: string } | null;
}

/** A command that runs to its end. */
export interface RunRequest extends StartRequest {
  /** Text for stdin; without it stdin is empty. */
  stdin?: string;
  /** Milliseconds; null: none. */
  timeoutMs: number | null;
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

/** A command that goes on by itself. */
export interface OpenRequest extends StartRequest {
  /** It gets a terminal, into which can be typed; otherwise its stdin is empty. */
  tty: boolean;
}

/** Who may still stop the start of a command that goes on by itself, and who hears of its output. */
export interface OpenObserver {
  /** Looked at until it has started; `end` stops it after that. */
  signal: AbortSignal;
  /** Hears both streams in the order of arrival. */
  onOutput: (chunk: Uint8Array) => void;
}

/** A command that goes on by itself, after it was started. */
export interface LiveCommand {
  /** Types into its terminal; nothing happens where there is none, and after its end. */
  write(text: string): void;
  /** Ends it and what it has started: first it is asked, then it is killed. */
  end(): void;
  /** When it has ended and its output was told. Never rejects. */
  readonly ended: Promise<LiveEnd>;
}

/** How a command ended that went on by itself. */
export type LiveEnd =
  | {
      kind: "exited";
      /** 128+n when signal n ended it. */
      exitCode: number;
      /** Whether the sandbox got in its way, judged with its output. */
      denied(output: string): boolean;
      notices: readonly string[];
    }
  /** It was never executed. `setup`: for the sandbox around it could not be made, which may work the next time. */
  | { kind: "notStarted"; reason: string; setup: boolean };

/** A command could not be started; the message says what and why. */
export class CommandStartError extends Error {
  override readonly name = "CommandStartError";
}

/** Runs commands. */
export interface CommandRunner {
  /** Whether the operating system can hold a command to this policy here. */
  enforces(policy: SandboxPolicy): boolean;
  /**
   * Runs to the end. When the signal says so, the whole process group is ended and the outcome is what there was; of a
   * command that was not started by then, the outcome is that of one that was ended at once.
   * @throws {CommandStartError}
   */
  run(request: RunRequest, options: { signal: AbortSignal; onOutput: OnOutput }): Promise<RunOutcome>;
  /**
   * Starts a command that goes on by itself.
   * @returns null: the signal came before it was started, and nothing ran
   * @throws {CommandStartError}
   */
  open(request: OpenRequest, observer: OpenObserver): Promise<LiveCommand | null>;
}
