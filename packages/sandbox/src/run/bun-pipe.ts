/** Pipes under bun: made by the C library, read by bun's own event loop. The adapter that knows bun's globals. */

/// <reference types="bun-types" />

import type * as ffi from "bun:ffi";
import { closeSync } from "node:fs";
import { Readable } from "node:stream";
import type { Pipe } from "./pipes.js";

declare module "bun" {
  /** `bun:ffi` without an import, which Node could not resolve and which would have to be waited for. */
  // oxlint-disable-next-line no-unused-vars -- adds to the module, and is used through it
  const FFI: typeof ffi;
}

/** Whether the functions of this file can be used. */
export function runsUnderBun(): boolean {
  return typeof Bun !== "undefined";
}

const O_CLOEXEC = 0o2000000;

/** A new pipe; neither end is inherited unless named. */
export function bunPipe(): Pipe {
  pipe2 ??= openPipe2();
  const ends = new Int32Array(2);
  if (pipe2(ends, O_CLOEXEC) !== 0) {
    throw new Error("no pipe can be made: too many open files");
  }
  const [readEnd = -1, writeEnd = -1] = ends;
  return { readEnd, writeEnd };
}

let pipe2: ((ends: Int32Array, flags: number) => number) | undefined;

function openPipe2(): (ends: Int32Array, flags: number) => number {
  const { dlopen, ptr } = Bun.FFI;
  const { symbols } = dlopen("libc.so.6", { pipe2: { args: ["ptr", "i32"], returns: "i32" } });
  return (ends, flags) => symbols.pipe2(ptr(ends), flags);
}

/** A stream over a pipe's read end; bun leaves closing the descriptor to us. */
export function bunReadable(fd: number): Readable {
  const reader = Bun.file(fd).stream().getReader();
  const close = (): void => closeSync(fd);
  return new Readable({
    read() {
      reader.read().then(
        ({ done, value }) => this.push(done ? null : value),
        (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
      );
    },
    destroy(error, done) {
      reader.cancel().then(close, close);
      done(error);
    },
  });
}
