/** How a plan sees the disk: a small interface, and the real disk behind it. */

import { type BigIntStats, constants } from "node:fs";
import { errorCode, Refusal } from "../os-reason.js";
import { type SystemCalls, yieldingCalls } from "./system-calls.js";

/** What is at a path; a symbolic link is not followed. */
export type DiskEntry =
  | { readonly kind: "missing" }
  | { readonly kind: "directory" }
  | { readonly kind: "symlink"; readonly target: string; readonly identity: string }
  | RegularFile
  /** A device, FIFO or socket: never read, never written. */
  | { readonly kind: "special" };

/** A file of bytes. */
export interface RegularFile {
  readonly kind: "file";
  /** Stands for device, inode, size and time of the last write: differs once the file was written or replaced. */
  readonly identity: string;
  /** Permission bits. */
  readonly mode: number;
  /** Number of names (hard links). */
  readonly links: number;
  readonly uid: number;
  readonly gid: number;
}

/** Reads the tree that a patch is planned against. Errors carry an errno name in `code`. */
export interface PatchFileReader {
  /** The real path of a folder, without symbolic links. */
  realpath(path: string): Promise<string>;
  inspect(path: string): Promise<DiskEntry>;
  /** The bytes of a regular file; refuses anything else without blocking, also a link. */
  read(path: string): Promise<Uint8Array>;
}

/** The real disk. */
export const nodePatchFiles: PatchFileReader = patchFilesOver(yieldingCalls);

/** Reads with these system calls. */
export function patchFilesOver(calls: SystemCalls): PatchFileReader {
  return {
    realpath: (path) => calls.realpath(path),
    inspect: (path) => inspectFile(calls, path),
    read: (path) => readRegularFile(calls, path),
  };
}

async function inspectFile(calls: SystemCalls, path: string): Promise<DiskEntry> {
  const stats = await calls.lstat(path).catch(missingAsUndefined);
  if (stats === undefined) return { kind: "missing" };
  if (stats.isDirectory()) return { kind: "directory" };
  if (stats.isSymbolicLink()) {
    return { kind: "symlink", target: await calls.readlink(path), identity: identityOf(stats) };
  }
  if (!stats.isFile()) return { kind: "special" };
  return {
    kind: "file",
    identity: identityOf(stats),
    mode: Number(stats.mode & 0o7777n),
    links: Number(stats.nlink),
    uid: Number(stats.uid),
    gid: Number(stats.gid),
  };
}

/** Below a file there is nothing either. */
function missingAsUndefined(error: unknown): undefined {
  const code = errorCode(error);
  if (code === "ENOENT" || code === "ENOTDIR") return undefined;
  throw error;
}

function identityOf(stats: BigIntStats): string {
  return `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeNs}`;
}

/** More does not fit into a string in every runtime. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Absent on Windows. */
export const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

async function readRegularFile(calls: SystemCalls, path: string): Promise<Uint8Array> {
  // O_NONBLOCK: opening a FIFO that took the file's place must not wait for a writer.
  const file = await calls.open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | NO_FOLLOW);
  try {
    const stats = await calls.fstat(file);
    if (stats.isDirectory()) throw new Refusal("EISDIR");
    if (!stats.isFile()) throw new Refusal(null, "not a regular file");
    if (stats.size > MOST_BYTES) throw new Refusal(null, "the file is larger than 256 MiB");
    return await calls.readAll(file);
  } finally {
    await calls.close(file);
  }
}
