/** A layer as others see it: with the paths in it made absolute. */

import type { Environment } from "../home.js";
import { homeFolder } from "../home.js";
import { resolveConfigPath } from "../layers/paths.js";
import { readConfigTable } from "../load.js";
import { ConfigError } from "../errors.js";
import { configToml } from "../schema/config-toml.js";
import type { Shape } from "../schema/shape.js";
import type { TomlEntry, TomlTable, TomlValue } from "../toml/nodes.js";

/** The table with absolute paths; unchanged when it does not match the schema as a whole. */
export function withAbsolutePaths(table: TomlTable, env: Environment, platform: NodeJS.Platform): TomlTable {
  try {
    readConfigTable(table, env, platform);
  } catch (error) {
    if (error instanceof ConfigError) {
      return table;
    }
    throw error;
  }
  const home = homeFolder(env);
  return resolveTable(table, configToml, (path, node) => resolveConfigPath(path, node, home, platform));
}

type Resolve = (path: string, node: TomlValue) => string;

function resolveTable(table: TomlTable, shape: Shape<unknown>, resolve: Resolve): TomlTable {
  const entries = new Map<string, TomlEntry>();
  for (const [key, entry] of table.entries) {
    const inner = shape.fields?.[key]?.shape ?? shape.inner;
    entries.set(key, inner === undefined ? entry : { ...entry, value: resolveValue(entry.value, inner, resolve) });
  }
  return { ...table, entries };
}

function resolveValue(node: TomlValue, shape: Shape<unknown>, resolve: Resolve): TomlValue {
  if (node.kind === "table") {
    return resolveTable(node, shape, resolve);
  }
  if (node.kind === "array") {
    const { inner } = shape;
    return inner === undefined
      ? node
      : { ...node, items: node.items.map((item) => resolveValue(item, inner, resolve)) };
  }
  return node.kind === "string" && shape.isPath === true ? { ...node, value: resolve(node.value, node) } : node;
}
