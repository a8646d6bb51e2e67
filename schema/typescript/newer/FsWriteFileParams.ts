// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** Writes a file. */
export type FsWriteFileParams = {
  path: AbsolutePathBuf,
  dataBase64: string,
};
