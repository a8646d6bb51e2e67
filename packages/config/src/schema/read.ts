/** Reads a merged table by a shape: the typed value, or an error with its place; unknown keys are collected. */

import { locatedError, type ConfigError } from "../errors.js";
import type { TomlEntry, TomlTable, TomlValue } from "../toml/nodes.js";
import { ShapeError, type Shape } from "./shape.js";

/** A key that no shape knows. */
export interface UnknownKey {
  readonly path: readonly string[];
  readonly entry: TomlEntry;
  /** The names that would have been known in its place. */
  readonly known: readonly string[];
}

/** What a shape made of a table. */
export interface ReadResult<T> {
  readonly value: T;
  readonly unknownKeys: readonly UnknownKey[];
}

/**
 * Reads `table`.
 * @param resolvePath makes a path absolute
 * @throws ConfigError of kind `schema`
 */
export function readTable<T>(
  shape: Shape<T>,
  table: TomlTable,
  resolvePath: (path: string, node: TomlValue) => string,
): ReadResult<T> {
  const unknownKeys: UnknownKey[] = [];
  const unknownKey = (path: readonly string[], entry: TomlEntry, known: readonly string[]): void => {
    unknownKeys.push({ path, entry, known });
  };
  try {
    return { value: shape.read(table, { path: [], resolvePath, unknownKey }), unknownKeys };
  } catch (error) {
    throw error instanceof ShapeError ? placed(error) : error;
  }
}

/** A value of the wrong kind given with `-c` gets a hint, because a shell hides the quotes that TOML wants. */
function placed(error: ShapeError): ConfigError {
  const key = error.path.join(".");
  const { node } = error;
  const fromArgument = node.source.file === null && node.source.layer?.type === "sessionFlags";
  const hint =
    fromArgument && error.message.endsWith("expected a string") && node.kind !== "table" && node.kind !== "array"
      ? ` (to pass text that looks like something else, quote it twice: -c '${key}="${node.source.text}"')`
      : "";
  return locatedError("schema", error.message + hint, node.source, node.span, key);
}
