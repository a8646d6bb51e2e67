/** Files on the server's machine, after 0.92; names and forms as in 0.169. Paths are absolute. */

import type { AbsolutePath, Int64 } from "@codex-ts/protocol";

/** Names a file or folder. */
export interface FsPathParams {
  path: AbsolutePath;
}

/** The bytes of a file. */
export interface FsReadFileResponse {
  dataBase64: string;
}

/** Writes a file. */
export interface FsWriteFileParams {
  path: AbsolutePath;
  dataBase64: string;
}

/** Makes a folder. */
export interface FsCreateDirectoryParams {
  path: AbsolutePath;
  /** Make the folders above it too; true when absent. */
  recursive?: boolean | null;
}

/** What a path is. */
export interface FsGetMetadataResponse {
  isDirectory: boolean;
  isFile: boolean;
  isSymlink: boolean;
  /** Unix milliseconds. */
  createdAtMs: Int64;
  /** Unix milliseconds. */
  modifiedAtMs: Int64;
}

/** A member of a folder. */
export interface FsReadDirectoryEntry {
  fileName: string;
  isDirectory: boolean;
  isFile: boolean;
}

/** The members of a folder. */
export interface FsReadDirectoryResponse {
  entries: FsReadDirectoryEntry[];
}

/** Removes a file or folder. */
export interface FsRemoveParams {
  path: AbsolutePath;
  recursive?: boolean | null;
  force?: boolean | null;
}

/** Copies a file or folder. */
export interface FsCopyParams {
  sourcePath: AbsolutePath;
  destinationPath: AbsolutePath;
  recursive?: boolean;
}
