/** What bun can do and Node cannot: call the C library, and read pipes in its event loop. The adapter that knows bun's globals. */

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

/** The calls by which a process protects itself; each returns 0 when it worked. */
export interface ProtectiveCalls {
  /** Linux only. */
  prctl(option: number, value: number): number;
  /** macOS only. */
  ptrace(request: number): number;
  setrlimit(resource: number, limits: BigUint64Array): number;
}

/** The C library of this system; undefined without bun. */
export function cLibrary(platform: NodeJS.Platform): ProtectiveCalls | undefined {
  if (!runsUnderBun()) {
    return undefined;
  }
  const { dlopen, ptr } = Bun.FFI;
  const { symbols } = dlopen(platform === "darwin" ? "libSystem.B.dylib" : "libc.so.6", {
    [platform === "darwin" ? "ptrace" : "prctl"]: { args: ["i32", "i64", "i64", "i64", "i64"], returns: "i32" },
    setrlimit: { args: ["i32", "ptr"], returns: "i32" },
  });
  return {
    prctl: (option, value) => Number(symbols["prctl"]?.(option, value, 0, 0, 0)),
    ptrace: (request) => Number(symbols["ptrace"]?.(request, 0, 0, 0, 0)),
    setrlimit: (resource, limits) => Number(symbols["setrlimit"]?.(resource, ptr(limits))),
  };
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
