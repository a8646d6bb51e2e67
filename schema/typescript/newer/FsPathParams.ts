// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** Names a file or folder. */
export type FsPathParams = {
  path: AbsolutePathBuf,
};
