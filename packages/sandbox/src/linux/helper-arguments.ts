/** The language between the planner and the helper: what is asked for, and how it is carried. Pure. */

import type { AbsolutePath } from "@codex-ts/protocol";

/** The helper runs when the executable is started under this name; the reference's name, which other clients know too. */
export const HELPER_NAME = "codex-linux-sandbox";

/** Where the helper finds its instructions. */
export const ORDER_FD = 3;

/** Where the helper says why the command was not started; closed, and left empty, by the start itself. */
export const STATUS_FD = 4;

/** What the helper is told to do to itself before it becomes the command. */
export interface HelperOrder {
  /** Folders in which everything but making device files is allowed; null: writing is not restricted. */
  writable: readonly AbsolutePath[] | null;
  networkOff: boolean;
  /** The command's environment. */
  env: Readonly<Record<string, string>>;
  /** Our own process: when it is gone, so is the command. */
  parent: number;
}

/** Exit code of the helper when the sandbox could not be set up; the command has not run. */
export const EXIT_NOT_SANDBOXED = 125;
/** Exit code when the command exists and cannot be executed. */
export const EXIT_NOT_EXECUTABLE = 126;
/** Exit code when there is no such command. */
export const EXIT_NOT_FOUND = 127;

/** `codex-linux-sandbox --order-fd 3 -- COMMAND…` */
export function helperArgv(command: readonly string[]): string[] {
  return ["--order-fd", String(ORDER_FD), "--", ...command];
}

/** The bytes that travel through ORDER_FD. */
export function encodeOrder(order: HelperOrder): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(order));
}
