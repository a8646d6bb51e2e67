// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { CommandExecTerminalSize } from "./CommandExecTerminalSize";

/** Tells a command that its terminal has another size. */
export type CommandExecResizeParams = {
  processId: string,
  size: CommandExecTerminalSize,
};
