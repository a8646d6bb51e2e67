// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { PatchChangeKind } from "./PatchChangeKind";

/** One file of a patch. */
export type FileUpdateChange = {
  /** Absolute; the old path of a moved file. */
  path: string,
  kind: PatchChangeKind,
  /** The whole content for add and delete; hunks without file headers for update, followed by `\n\nMoved to: <path>` for a move. */
  diff: string,
};
