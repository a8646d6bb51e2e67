// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { JsonValue } from "../serde_json/JsonValue";
import type { MergeStrategy } from "./MergeStrategy";

/** Writes one key of the user's config; a null value removes it. */
export type ConfigValueWriteParams = {
  /** Refuse when the file has another version. */
  expectedVersion?: string | null,
  filePath?: string | null,
  /** Dotted. */
  keyPath: string,
  mergeStrategy: MergeStrategy,
  value: JsonValue,
};
