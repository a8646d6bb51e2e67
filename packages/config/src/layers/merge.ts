/** Merges layers: tables key by key, everything else replaced whole. */

import type { ConfigLayerSource } from "./layer-source.js";
import type { TomlEntry, TomlTable, TomlValue } from "../toml/nodes.js";

/** The union of two tables; `over` wins. Neither is changed. */
export function mergeTables(under: TomlTable, over: TomlTable): TomlTable {
  const entries = new Map<string, TomlEntry>(under.entries);
  for (const [key, entry] of over.entries) {
    const below = entries.get(key);
    if (entry.value.kind === "table" && below?.value.kind === "table") {
      entries.set(key, { keySpan: entry.keySpan, value: mergeTables(below.value, entry.value) });
    } else {
      entries.set(key, entry);
    }
  }
  const place = over.entries.size === 0 ? under : over;
  return { kind: "table", form: "merged", entries, source: place.source, span: place.span };
}

/** Dotted path of every leaf (array items by index) to the layer that set it. */
export function originsOf(table: TomlTable): ReadonlyMap<string, ConfigLayerSource> {
  const origins = new Map<string, ConfigLayerSource>();
  collect(table, "", origins);
  return origins;
}

function collect(node: TomlValue, path: string, origins: Map<string, ConfigLayerSource>): void {
  const inner = (key: string): string => (path === "" ? key : `${path}.${key}`);
  if (node.kind === "table") {
    for (const [key, entry] of node.entries) {
      collect(entry.value, inner(key), origins);
    }
  } else if (node.kind === "array") {
    for (const [index, item] of node.items.entries()) {
      collect(item, inner(String(index)), origins);
    }
  } else if (node.source.layer !== null) {
    origins.set(path, node.source.layer);
  }
}
