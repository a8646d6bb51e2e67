// GENERATED CODE! DO NOT MODIFY BY HAND!

/** The size of a terminal, in cells. */
export type CommandExecTerminalSize = {
  rows: number,
  cols: number,
};
