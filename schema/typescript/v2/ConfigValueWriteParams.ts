// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { JsonValue } from "../serde_json/JsonValue";
import type { MergeStrategy } from "./MergeStrategy";

/** Writes one key of the user's config; a null value removes it. */
export type ConfigValueWriteParams = {
  /** Dotted. */
  keyPath: string,
  value: JsonValue,
  mergeStrategy: MergeStrategy,
  filePath?: string | null,
  /** Refuse when the file has another version. */
  expectedVersion?: string | null,
};
