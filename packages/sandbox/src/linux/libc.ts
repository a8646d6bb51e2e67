/** The calls that the helper needs of the C library. */

import { addressOf, numberAt, openCLibrary } from "../run/c-library.js";
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
export function openLibC(): LibC {
  const { arch } = process;
  if (arch !== "x64" && arch !== "arm64") {
    throw new Error(`there is no system call filter for ${arch}`);
  }
  const symbols = openCLibrary({
    syscall: { args: ["i64", "i64", "i64", "i64", "i64", "i64"], returns: "i64" },
    signal: { args: ["i32", "ptr"], returns: "ptr" },
    __errno_location: { args: [], returns: "ptr" },
  });
  return {
    architecture: arch,
    addressOf: (bytes) => BigInt(addressOf(bytes)),
    call(number, ...args) {
      const [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n] = args.map((arg) =>
        arg instanceof Uint8Array ? BigInt(addressOf(arg)) : BigInt(arg ?? 0),
      );
      return Number(symbols.syscall(BigInt(number), a, b, c, d, e));
    },
    errno() {
      const address = symbols.__errno_location();
      return address === null ? 0 : numberAt(Number(address));
    },
    resetSignal(signal) {
      symbols.signal(signal, null);
    },
  };
}
