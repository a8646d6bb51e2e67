/** Every file operation that a commit is made of, behind an interface so that tests can make any one of them fail. */

import { constants } from "node:fs";
import { type DiskEntry, NO_FOLLOW, patchFilesOver } from "./file-reader.js";
import { type SystemCalls, yieldingCalls } from "./system-calls.js";

/** Owner and permission bits for a new file; null leaves what the process gives. */
export interface FileAttributes {
  readonly mode: number | null;
  readonly owner: { readonly uid: number; readonly gid: number } | null;
}

/** For files of our own making. */
export const PLAIN_FILE: FileAttributes = { mode: null, owner: null };

/** The operations; errors carry an errno name in `code`. */
export interface FileOperations {
  inspect(path: string): Promise<DiskEntry>;
  read(path: string): Promise<Uint8Array>;
  /** Creates and writes a file, or leaves none; fails with EEXIST when there is something at the path. */
  create(path: string, content: Uint8Array, attributes: FileAttributes): Promise<void>;
  append(path: string, text: string): Promise<void>;
  /** Writes into an existing file, then cuts it to length: what was there is never truncated before it is replaced. */
  overwrite(path: string, content: Uint8Array): Promise<void>;
  link(from: string, to: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  removeFolder(path: string): Promise<void>;
}

/** How the disk is changed. */
export interface CommitOptions {
  /** Aborting before the last rename puts everything back. */
  readonly signal?: AbortSignal;
  /** The disk; by default the real one. */
  readonly operations?: FileOperations;
}

/** The real disk. */
export const nodeFileOperations: FileOperations = fileOperationsOver(yieldingCalls);

/** Writes with these system calls. */
export function fileOperationsOver(calls: SystemCalls): FileOperations {
  const { inspect, read } = patchFilesOver(calls);
  return {
    inspect,
    read,
    create: (path, content, attributes) => createFile(calls, path, content, attributes),
    append: (path, text) =>
      writeTo(calls, path, constants.O_WRONLY | constants.O_APPEND, (file) => calls.writeAll(file, text)),
    overwrite: (path, content) =>
      writeTo(calls, path, constants.O_RDWR, async (file) => {
        await calls.writeAll(file, content);
        await calls.ftruncate(file, content.byteLength);
      }),
    link: (from, to) => calls.link(from, to),
    rename: (from, to) => calls.rename(from, to),
    remove: (path) => calls.unlink(path),
    makeFolder: (path) => calls.mkdir(path),
    removeFolder: (path) => calls.rmdir(path),
  };
}

async function createFile(
  calls: SystemCalls,
  path: string,
  content: Uint8Array,
  attributes: FileAttributes,
): Promise<void> {
  const file = await calls.open(path, "wx", attributes.mode === null ? 0o666 : 0o600);
  try {
    await calls.writeAll(file, content);
    await setAttributes(calls, file, attributes);
  } catch (error) {
    await calls.unlink(path).catch(() => undefined); // the first error is the one to tell
    throw error;
  } finally {
    await calls.close(file);
  }
}

/** The owner first: changing it clears the set-user and set-group bits. */
async function setAttributes(calls: SystemCalls, file: number, { mode, owner }: FileAttributes): Promise<void> {
  if (owner !== null) {
    const made = await calls.fstat(file);
    if (made.uid !== owner.uid || made.gid !== owner.gid) await calls.fchown(file, owner.uid, owner.gid);
  }
  if (mode !== null) await calls.fchmod(file, mode);
}

/** Opens an existing file; not through a link, which somebody may have put there since it was looked at. */
async function writeTo(
  calls: SystemCalls,
  path: string,
  flags: number,
  write: (file: number) => Promise<void>,
): Promise<void> {
  const file = await calls.open(path, flags | NO_FOLLOW);
  try {
    await write(file);
  } finally {
    await calls.close(file);
  }
}
