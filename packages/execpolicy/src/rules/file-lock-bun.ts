/** Adapter: `flock` through bun's foreign function interface. */

/// <reference types="bun-types" />

import { setTimeout as sleep } from "node:timers/promises";

/** Gives the lock back. */
export type Unlock = () => Promise<void>;

const LOCK_EXCLUSIVE = 2;
const LOCK_NON_BLOCKING = 4;
const UNLOCK = 8;
const LIBRARIES = new Map<string, string>([
  ["linux", "libc.so.6"],
  ["darwin", "libSystem.B.dylib"],
]);
const WAIT_MS = 20;
const LONGEST_WAIT_MS = 5_000;

/** Takes the lock, waiting a few seconds for its owner. Does nothing where there is no `flock` (Windows). */
export async function flockWithBun(fd: number): Promise<Unlock> {
  const library = LIBRARIES.get(process.platform);
  if (library === undefined) return async () => {};
  const { dlopen } = await import("bun:ffi");
  const { symbols, close } = dlopen(library, { flock: { args: ["int", "int"], returns: "int" } });
  for (let waited = 0; symbols.flock(fd, LOCK_EXCLUSIVE | LOCK_NON_BLOCKING) !== 0; waited += WAIT_MS) {
    if (waited >= LONGEST_WAIT_MS) {
      close();
      throw new Error("another process holds the lock");
    }
    await sleep(WAIT_MS);
  }
  return async () => {
    symbols.flock(fd, UNLOCK);
    close();
  };
}
