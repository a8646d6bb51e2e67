// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { FsReadDirectoryEntry } from "./FsReadDirectoryEntry";

/** The members of a folder. */
export type FsReadDirectoryResponse = {
  entries: Array<FsReadDirectoryEntry>,
};
