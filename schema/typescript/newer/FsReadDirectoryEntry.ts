// GENERATED CODE! DO NOT MODIFY BY HAND!

/** A member of a folder. */
export type FsReadDirectoryEntry = {
  fileName: string,
  isDirectory: boolean,
  isFile: boolean,
};
