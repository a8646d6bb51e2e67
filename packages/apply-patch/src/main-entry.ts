/** Runs the program on this process's own arguments and streams, without setting up `process.stdout`. */

import { readFileSync, writeSync } from "node:fs";
import { runApplyPatch } from "./program/run-apply-patch.js";

/** Applies the patch in `args` (or on stdin) in the current folder; returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  return runApplyPatch(args, {
    cwd: process.cwd(),
    stdin: () => readFileSync(0),
    stdout: (text) => writeAll(1, text),
    stderr: (text) => writeAll(2, text),
  });
}

/** A pipe may take less than it is given. */
function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(fd, bytes, written);
    } catch (error) {
      const isFull = error instanceof Error && "code" in error && error.code === "EAGAIN";
      if (!isFull) return; // nobody reads any more: the patch is applied all the same
    }
  }
}
