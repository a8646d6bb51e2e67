/** Every file operation that a commit is made of, behind an interface so that tests can make any one of them fail. */

import { type FileHandle, link, mkdir, open, rename, rmdir, unlink } from "node:fs/promises";
import { type DiskEntry, nodePatchFiles } from "../plan/file-reader.js";

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
export const nodeFileOperations: FileOperations = {
  inspect: nodePatchFiles.inspect,
  read: nodePatchFiles.read,
  create: createFile,
  append: appendToFile,
  overwrite: overwriteFile,
  link: (from, to) => link(from, to),
  rename: (from, to) => rename(from, to),
  remove: (path) => unlink(path),
  makeFolder: (path) => mkdir(path),
  removeFolder: (path) => rmdir(path),
};

async function createFile(path: string, content: Uint8Array, attributes: FileAttributes): Promise<void> {
  const file = await open(path, "wx", attributes.mode === null ? 0o666 : 0o600);
  try {
    await file.writeFile(content);
    await setAttributes(file, attributes);
  } catch (error) {
    await unlink(path);
    throw error;
  } finally {
    await file.close();
  }
}

/** The owner first: changing it clears the set-user and set-group bits. */
async function setAttributes(file: FileHandle, { mode, owner }: FileAttributes): Promise<void> {
  if (owner !== null) {
    const made = await file.stat();
    if (made.uid !== owner.uid || made.gid !== owner.gid) await file.chown(owner.uid, owner.gid);
  }
  if (mode !== null) await file.chmod(mode);
}

async function appendToFile(path: string, text: string): Promise<void> {
  const file = await open(path, "a");
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}

async function overwriteFile(path: string, content: Uint8Array): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.writeFile(content);
    await file.truncate(content.byteLength);
  } finally {
    await file.close();
  }
}
