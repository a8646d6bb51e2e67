// GENERATED CODE! DO NOT MODIFY BY HAND!

/** What a path is. */
export type FsGetMetadataResponse = {
  isDirectory: boolean,
  isFile: boolean,
  isSymlink: boolean,
  /** Unix milliseconds. */
  createdAtMs: number,
  /** Unix milliseconds. */
  modifiedAtMs: number,
};
