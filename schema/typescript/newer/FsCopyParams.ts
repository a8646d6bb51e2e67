// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** Copies a file or folder. */
export type FsCopyParams = {
  sourcePath: AbsolutePathBuf,
  destinationPath: AbsolutePathBuf,
  recursive?: boolean,
};
