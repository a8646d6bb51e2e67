/** The C library through bun: the one place that opens it. */

/// <reference types="bun-types" />

import type * as ffi from "bun:ffi";

declare module "bun" {
  /** `bun:ffi` without an import, which Node could not resolve and which would have to be waited for. */
  // oxlint-disable-next-line no-unused-vars -- adds to the module, and is used through it
  const FFI: typeof ffi;
}

/** Whether there is a way to the C library. */
export function runsUnderBun(): boolean {
  return typeof Bun !== "undefined";
}

/** Signatures by name, as `bun:ffi` takes them. */
export type Signatures = Record<string, ffi.FFIFunction>;

/** Opens the system's C library for these functions; throws without bun, and when it is nowhere. */
export function openCLibrary<T extends Signatures>(signatures: T): ffi.Library<T>["symbols"] {
  const failures: unknown[] = [];
  for (const name of candidates()) {
    try {
      return Bun.FFI.dlopen(name, signatures).symbols;
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(failures, "the C library cannot be opened");
}

/** The address of an array, valid while the array is referenced. */
export function addressOf(array: NodeJS.TypedArray): number {
  return Bun.FFI.ptr(array);
}

/** The 32-bit number at an address. */
export function numberAt(address: number): number {
  return Bun.FFI.read.i32(address, 0);
}

function candidates(): string[] {
  return process.platform === "darwin"
    ? ["libSystem.B.dylib"]
    : ["libc.so.6", `libc.musl-${process.arch === "arm64" ? "aarch64" : "x86_64"}.so.1`];
}
