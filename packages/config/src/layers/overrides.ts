/** `-c key=value`, `--enable` and `--disable` as a configuration layer. */

import { ConfigError } from "../errors.js";
import { FEATURE_ALIASES, featureKey } from "../schema/features.js";
import {
  emptyTable,
  jsonToToml,
  TomlSyntaxError,
  type Json,
  type TomlSource,
  type TomlTable,
  type TomlValue,
} from "../toml/nodes.js";
import { parseTomlKey, parseTomlValue } from "../toml/parse.js";
import { mergeTables } from "./merge.js";

/** What the command line, or a client of a server, sets on top of the files. */
export interface SessionOverrides {
  /** Raw `key=value` arguments, in order; later ones win. */
  readonly cli?: readonly string[];
  readonly features?: { readonly enable?: readonly string[]; readonly disable?: readonly string[] };
  /** A client's map of dotted keys to JSON values (app-server `config`). */
  readonly values?: Readonly<Record<string, Json>>;
}

/**
 * The overrides as one table; an empty one when there are none.
 * @param folder what relative paths in values start from: the working folder
 * @throws ConfigError of kind `override`
 */
export function overridesTable(overrides: SessionOverrides, folder: string | null): TomlTable {
  let table = emptyTable(argument("", folder));
  for (const [path, value] of assignments(overrides, folder)) {
    table = mergeTables(table, nested(path, value));
  }
  return table;
}

/**
 * The right side of `-c key=value`: TOML if it is TOML, else the text itself without quotes around it.
 */
export function overrideValue(raw: string, folder: string | null): TomlValue {
  const source = argument(raw, folder);
  try {
    return parseTomlValue(source);
  } catch (error) {
    if (!(error instanceof TomlSyntaxError)) {
      throw error;
    }
    const value = raw.replace(/^["']+/, "").replace(/["']+$/, "");
    return { kind: "string", value, source, span: { start: 0, end: raw.length } };
  }
}

function* assignments(overrides: SessionOverrides, folder: string | null): Generator<[string[], TomlValue]> {
  for (const raw of overrides.cli ?? []) {
    yield splitOverride(raw, folder);
  }
  for (const [key, value] of Object.entries(overrides.values ?? {})) {
    if (value !== null) {
      yield [dottedKey(key, folder), jsonToToml(value, argument(JSON.stringify(value), folder))];
    }
  }
  const { enable = [], disable = [] } = overrides.features ?? {};
  for (const name of enable) {
    yield featureSwitch(name, true, folder);
  }
  for (const name of disable) {
    yield featureSwitch(name, false, folder);
  }
}

function splitOverride(raw: string, folder: string | null): [string[], TomlValue] {
  const equals = raw.indexOf("=");
  if (equals < 0) {
    throw new ConfigError("override", `Invalid override (missing '='): ${raw}`);
  }
  // Inside a quoted key an equals sign is part of the name.
  const split = /^\s*["']/.test(raw) || /\.\s*["']/.test(raw.slice(0, equals)) ? endOfQuotedKey(raw) : equals;
  const key = raw.slice(0, split).trim();
  if (key === "") {
    throw new ConfigError("override", `Empty key in override: ${raw}`);
  }
  return [dottedKey(key, folder), overrideValue(raw.slice(split + 1).trim(), folder)];
}

function endOfQuotedKey(raw: string): number {
  const match = /^(?:[^"'=]|"(?:[^"\\]|\\.)*"|'[^']*')*=/.exec(raw);
  return match === null ? raw.indexOf("=") : match[0].length - 1;
}

/** Splits a key at its dots; parts may be quoted as in TOML. What is no TOML key is split at every dot. */
export function dottedKey(key: string, folder: string | null): string[] {
  try {
    return parseTomlKey(argument(key, folder));
  } catch (error) {
    if (error instanceof TomlSyntaxError) {
      return key.split(".");
    }
    throw error;
  }
}

function featureSwitch(name: string, enabled: boolean, folder: string | null): [string[], TomlValue] {
  if (featureKey(name) === undefined && !FEATURE_ALIASES.has(name)) {
    throw new ConfigError("override", `Unknown feature flag: ${name}`);
  }
  return [["features", name], jsonToToml(enabled, argument(String(enabled), folder))];
}

function nested(path: readonly string[], value: TomlValue): TomlTable {
  const [first = "", ...rest] = path;
  const table = emptyTable(value.source);
  const inner = rest.length === 0 ? value : nested(rest, value);
  table.entries.set(first, { keySpan: value.span, value: inner });
  return table;
}

function argument(text: string, folder: string | null): TomlSource {
  return { file: null, text, folder, layer: { type: "sessionFlags" } };
}
