// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ConfigEdit } from "./ConfigEdit";

/** Writes several keys, all or none. */
export type ConfigBatchWriteParams = {
  edits: Array<ConfigEdit>,
  filePath?: string | null,
  expectedVersion?: string | null,
};
