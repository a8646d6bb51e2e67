// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { CommandExecTerminalSize } from "../newer/CommandExecTerminalSize";
import type { SandboxPolicy } from "./SandboxPolicy";

/** Runs a command outside of any thread. */
export type CommandExecParams = {
  command: Array<string>,
  /** Milliseconds; 10,000 when absent. */
  timeoutMs?: number | null,
  cwd?: string | null,
  sandboxPolicy?: SandboxPolicy | null,
  /** A name for the process, for `command/exec/write` and the like. (since 0.169) */
  processId?: string | null,
  /** Run on a terminal. (since 0.169) */
  tty?: boolean,
  /** Keep the input open. (since 0.169) */
  streamStdin?: boolean,
  /** Send `command/exec/outputDelta`. (since 0.169) */
  streamStdoutStderr?: boolean,
  /** Added to the environment; null removes. (since 0.169) */
  env?: { [key in string]?: string | null } | null,
  /** The terminal's size. (since 0.169) */
  size?: CommandExecTerminalSize | null,
};
