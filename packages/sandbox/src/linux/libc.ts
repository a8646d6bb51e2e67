/** The C library through bun's FFI: the only file that needs bun, loaded by the helper alone. */

/// <reference types="bun-types" />

import type { FilterArchitecture } from "./syscall-table.js";

/** Arguments of a system call; a typed array is passed as its address and must stay referenced until the call returns. */
export type CallArgument = number | bigint | Uint8Array | null;

/** What the helper needs of the C library. */
export interface LibC {
  /** A raw system call by number. Returns its result, or -1. */
  call(number: number, ...args: CallArgument[]): number;
  /** The reason of the last failure; only meaningful directly after it. */
  errno(): number;
  /** Sets a signal to its default action. */
  resetSignal(signal: number): void;
  /** The address of a byte array, for tables of pointers. */
  addressOf(bytes: Uint8Array): bigint;
  architecture: FilterArchitecture;
}

/** Opens the C library. Throws outside bun, and on architectures for which there is no filter. */
export async function openLibC(): Promise<LibC> {
  const { arch } = process;
  if (arch !== "x64" && arch !== "arm64") {
    throw new Error(`there is no system call filter for ${arch}`);
  }
  const { dlopen, ptr } = await import("bun:ffi");
  const word = "i64";
  const signatures = {
    syscall: { args: [word, word, word, word, word, word], returns: word },
    signal: { args: ["i32", "ptr"], returns: "ptr" },
    __errno_location: { args: [], returns: "ptr" },
  } as const;
  const { symbols } = openFirst(["libc.so.6", `libc.musl-${arch === "x64" ? "x86_64" : "aarch64"}.so.1`], (name) =>
    dlopen(name, signatures),
  );
  const { read } = await import("bun:ffi");
  return {
    architecture: arch,
    addressOf: (bytes) => BigInt(ptr(bytes)),
    call(number, ...args) {
      const [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n] = args.map((arg) =>
        arg instanceof Uint8Array ? BigInt(ptr(arg)) : BigInt(arg ?? 0),
      );
      return Number(symbols.syscall(BigInt(number), a, b, c, d, e));
    },
    errno() {
      const address = symbols.__errno_location();
      return address === null ? 0 : read.i32(address, 0);
    },
    resetSignal(signal) {
      symbols.signal(signal, null);
    },
  };
}

function openFirst<T>(names: readonly string[], open: (name: string) => T): T {
  const failures: unknown[] = [];
  for (const name of names) {
    try {
      return open(name);
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(failures, "the C library cannot be opened");
}
