// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** Makes a folder. */
export type FsCreateDirectoryParams = {
  path: AbsolutePathBuf,
  /** Make the folders above it too; true when absent. */
  recursive?: boolean | null,
};
