/** Appends to files of lines, so that no line is glued to one that was cut off before it. */

import { chmodSync, closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";

const NEWLINE = 0x0a;

/**
 * Appends a line to a file that is made for this user only, in one write, so that lines of several processes do not mix.
 * A last line that was cut off is ended first.
 * @returns the file's new size
 */
export function appendWholeLine(path: string, line: string): number {
  const fd = openSync(path, "a+", 0o600);
  try {
    // Also when a copy, or another program, left it readable for others.
    if (process.platform !== "win32") chmodSync(path, 0o600);
    let rest = Buffer.from(`${endsMidLine(fd) ? "\n" : ""}${line}\n`, "utf8");
    while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
    return fstatSync(fd).size;
  } finally {
    closeSync(fd);
  }
}

/** Whether the file's last line lacks its newline; it must be open for reading, too. */
export function endsMidLine(fd: number): boolean {
  const { size } = fstatSync(fd);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(fd, last, 0, 1, size - 1);
  return last[0] !== NEWLINE;
}
