// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** Removes a file or folder. */
export type FsRemoveParams = {
  path: AbsolutePathBuf,
  recursive?: boolean | null,
  force?: boolean | null,
};
