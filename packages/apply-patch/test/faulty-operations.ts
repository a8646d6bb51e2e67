/** File operations of which one fails, or ends the process. */

import { type FileOperations, nodeFileOperations } from "../src/index.js";

/** When the chosen operation breaks: before it does anything, half-way through its content, or after it is done. */
export type Break = "before" | "halfway" | "after";

export interface FaultyOperations {
  readonly operations: FileOperations;
  /** Name of the operation that broke; null while none did. */
  broken(): string | null;
}

/**
 * Breaks operation number `at`, counted from 0.
 * @param strike what happens then: throws, or ends the process
 */
export function faultyOperations(at: number, when: Break, strike: () => never): FaultyOperations {
  let count = 0;
  let broken: string | null = null;
  const real = nodeFileOperations;
  const around = async <T>(name: string, run: () => Promise<T>, runHalf?: () => Promise<void>): Promise<T> => {
    if (count++ !== at) return run();
    broken = name;
    if (when === "halfway") await runHalf?.();
    if (when === "after") await run();
    return strike();
  };
  const half = (content: Uint8Array) => content.subarray(0, Math.floor(content.byteLength / 2));
  const operations: FileOperations = {
    inspect: (path) => around("inspect", () => real.inspect(path)),
    read: (path) => around("read", () => real.read(path)),
    create: (path, content, attributes) => around("create", () => real.create(path, content, attributes)),
    append: (path, text) =>
      around(
        "append",
        () => real.append(path, text),
        () => real.append(path, text.slice(0, text.length / 2)),
      ),
    overwrite: (path, content) =>
      around(
        "overwrite",
        () => real.overwrite(path, content),
        () => writeStart(path, half(content)),
      ),
    link: (from, to) => around("link", () => real.link(from, to)),
    rename: (from, to) => around("rename", () => real.rename(from, to)),
    remove: (path) => around("remove", () => real.remove(path)),
    makeFolder: (path) => around("makeFolder", () => real.makeFolder(path)),
    removeFolder: (path) => around("removeFolder", () => real.removeFolder(path)),
  };
  return { operations, broken: () => broken };
}

/** Writes the start of a file and leaves the rest of it, as an interrupted write does. */
async function writeStart(path: string, content: Uint8Array): Promise<void> {
  const { open } = await import("node:fs/promises");
  const file = await open(path, "r+");
  await file.write(content, 0, content.byteLength, 0);
  await file.close();
}

/** An error as the operating system gives it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code });
}
