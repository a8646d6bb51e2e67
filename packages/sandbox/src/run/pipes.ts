/**
 * Real pipes for a command's output. What both runtimes call a pipe is a socket on Linux, and a socket cannot be opened
 * again: `echo oops > /dev/stderr` would fail.
 */

import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { constants, openSync, unlinkSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { bunPipe, bunReadable, bunWritable } from "./bun-pipe.js";
import { runsUnderBun } from "./c-library.js";

/** Both ends of a pipe, as descriptors that are not inherited unless named. */
export interface Pipe {
  readEnd: number;
  writeEnd: number;
}

/** Two pipes, for output and error output; undefined where the runtime's own do the same. */
export function openOutputPipes(): [Pipe, Pipe] | undefined {
  if (process.platform !== "linux") {
    return undefined;
  }
  return runsUnderBun() ? [bunPipe(), bunPipe()] : nodePipes();
}

/** A pipe for input; undefined where the runtime's own has to do. */
export function openInputPipe(): Pipe | undefined {
  return process.platform === "linux" && runsUnderBun() ? bunPipe() : undefined;
}

/** Takes over the descriptor. */
export function writePipe({ writeEnd }: Pipe): Writable {
  // A command may end without reading its input; that is nobody's error.
  return bunWritable(writeEnd).on("error", () => undefined);
}

/** Takes over the descriptor; closing the stream closes it, also while a command that outlived its parent holds the other end. */
export function readPipe({ readEnd }: Pipe): Readable {
  return runsUnderBun() ? bunReadable(readEnd) : new Socket({ fd: readEnd, readable: true, writable: false });
}

/** Node has no call for a pipe; a named one that loses its name at once is the same thing. */
function nodePipes(): [Pipe, Pipe] | undefined {
  const names = ["out", "err"].map((end) => path.join(tmpdir(), `.codex-${randomBytes(12).toString("hex")}-${end}`));
  const [output = "", errors = ""] = names;
  try {
    execFileSync("mkfifo", ["-m", "600", ...names], { stdio: "ignore" });
    return [openFifo(output), openFifo(errors)];
  } catch {
    // No such program, or no room: the runtime's own will do, except for programs that open /dev/stderr.
    return undefined;
  }
}

/** The reader first, without waiting for a writer; then the writer. */
function openFifo(name: string): Pipe {
  const readEnd = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
  const writeEnd = openSync(name, constants.O_WRONLY);
  unlinkSync(name);
  return { readEnd, writeEnd };
}
