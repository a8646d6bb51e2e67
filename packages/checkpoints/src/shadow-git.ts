/** Runs git on a store instead of the user's repository. */

import { gitOutput, runGit, type GitResult, type RunGitOptions } from "@codex-ts/git";
import type { Store } from "./store.js";

/** What a single run may need besides. */
export interface ShadowOptions {
  /** Another index than the shared one. */
  index?: string;
  /** Where what it stores is written at first, instead of among the store's objects. */
  objects?: string;
  input?: Buffer;
  config?: readonly string[];
  signal?: AbortSignal;
}

/** A first snapshot of a large workspace takes its time; nobody waits for it. */
const TIMEOUT_MS = 10 * 60_000;
const MAX_OUTPUT_BYTES = 2 ** 30;

/** Settings that win over the user's: contents byte for byte, fast to write, no names refused. */
const SETTINGS: readonly string[] = [
  "core.autocrlf=false",
  "core.safecrlf=false",
  "core.compression=1",
  "core.preloadIndex=true",
  "core.untrackedCache=false",
  "core.splitIndex=false",
  "core.sparseCheckout=false",
  "core.quotePath=false",
  "core.protectHFS=false",
  "core.protectNTFS=false",
  "index.version=4",
  "advice.addEmbeddedRepo=false",
];

/** Git's output; throws when it fails. */
export function shadowGit(store: Store, args: readonly string[], options: ShadowOptions = {}): Promise<Buffer> {
  return gitOutput(args, runOptions(store, options));
}

/** Git's output and exit code. */
export function tryShadowGit(store: Store, args: readonly string[], options: ShadowOptions = {}): Promise<GitResult> {
  return runGit(args, runOptions(store, options));
}

function runOptions(store: Store, options: ShadowOptions): RunGitOptions {
  const { index = store.index, objects, input, config = [], signal } = options;
  return {
    cwd: store.root,
    env: {
      GIT_DIR: store.gitDir,
      GIT_WORK_TREE: store.root,
      GIT_INDEX_FILE: index,
      ...(objects === undefined ? {} : { GIT_OBJECT_DIRECTORY: objects }),
    },
    config: [...SETTINGS, ...config],
    timeoutMs: TIMEOUT_MS,
    maxOutputBytes: MAX_OUTPUT_BYTES,
    ...(input === undefined ? {} : { input }),
    ...(signal === undefined ? {} : { signal }),
  };
}

/** Splits NUL-ended output into strings of one character per byte: file names need not be UTF-8. */
export function byteStrings(output: Buffer): string[] {
  const text = output.toString("latin1");
  return text === "" ? [] : text.slice(0, -1).split("\0");
}

/** The reverse of `byteStrings`. */
export function nulEnded(names: readonly string[]): Buffer {
  return Buffer.from(names.map((name) => `${name}\0`).join(""), "latin1");
}

/** A name of bytes as text for people. */
export function readable(name: string): string {
  return Buffer.from(name, "latin1").toString("utf8");
}
