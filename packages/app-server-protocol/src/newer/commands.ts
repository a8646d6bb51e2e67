/** Live commands outside of a thread, after 0.92; names and forms as in 0.169. */

import type { Uint16 } from "@codex-ts/protocol";

/** The size of a terminal, in cells. */
export interface CommandExecTerminalSize {
  rows: Uint16;
  cols: Uint16;
}

/** Writes to a command. */
export interface CommandExecWriteParams {
  processId: string;
  deltaBase64?: string | null;
  closeStdin?: boolean;
}

/** Tells a command that its terminal has another size. */
export interface CommandExecResizeParams {
  processId: string;
  size: CommandExecTerminalSize;
}

/** Ends a command. */
export interface CommandExecTerminateParams {
  processId: string;
}

/** Output of a command. */
export interface CommandExecOutputDeltaNotification {
  processId: string;
  stream: "stdout" | "stderr";
  deltaBase64: string;
  /** No more will be told of this stream. */
  capReached: boolean;
}
