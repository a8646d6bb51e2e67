/** One configuration layer: what one file, or the command line, says. */

import { tomlToJson, type Json, type TomlTable } from "../toml/nodes.js";
import type { ConfigLayerSource } from "./layer-source.js";

/** The user's decision about a project. */
export type TrustLevel = "trusted" | "untrusted";

/** What one source of configuration says. */
export interface ConfigLayer {
  readonly name: ConfigLayerSource;
  readonly table: TomlTable;
  /** Where `skills/` and `rules/` of this layer are: the system's folder, CODEX_HOME, `.codex`; null for other layers. */
  readonly folder: string | null;
  /** The decision about the project the layer belongs to; null when there is none, and for other layers. */
  readonly trust: TrustLevel | null;
  /** Why the layer does not count; null when it does. */
  readonly disabledReason: string | null;
}

/**
 * `sha256:` and the hash of the content, independent of comments, formatting and the order of keys.
 * Asynchronous because loading node:crypto takes longer than loading the whole configuration, which needs no version.
 */
export async function layerVersion(table: TomlTable): Promise<string> {
  const { createHash } = await import("node:crypto");
  const canonical = JSON.stringify(sortKeys(tomlToJson(table)));
  return `sha256:${createHash("sha256").update(canonical).digest("hex")}`;
}

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(sortKeys);
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item)]));
}
