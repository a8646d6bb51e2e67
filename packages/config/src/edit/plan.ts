/**
 * Applies edits to a TOML text, touching nothing else: comments, order and spelling of everything that is not edited
 * stay. Pure; the result is parsed again and compared with what the edits mean before anyone gets to see it.
 */

import { ConfigError, syntaxError } from "../errors.js";
import {
  tomlToJson,
  TomlSyntaxError,
  type Json,
  type TomlSource,
  type TomlTable,
  type TomlValue,
} from "../toml/nodes.js";
import { parseToml } from "../toml/parse.js";
import { applyToJson, prune, sameJson } from "./meaning.js";
import { hasBraces, valueAt, type NodePath } from "./layout.js";
import { insertValue, nest } from "./insert.js";
import { isArrayOfTables, isTableValue, presentEntries, printValue } from "./print.js";
import { removeAt } from "./remove.js";

/** One change. Numbers in a path are indexes into arrays; an index equal to the length appends. */
export type ConfigEdit =
  | { readonly kind: "set"; readonly path: NodePath; readonly value: Json }
  | { readonly kind: "remove"; readonly path: NodePath };

/**
 * The text after all edits.
 * @throws ConfigError of kind `syntax` when the text is not TOML, of kind `write` when an edit cannot be made
 */
export function editToml(text: string, edits: readonly ConfigEdit[], file: string | null = null): string {
  const source: TomlSource = { file, text, folder: null, layer: null };
  const before = tomlToJson(parse(source).root);
  let edited = text;
  let meant = before;
  for (const edit of edits) {
    edited = edit.kind === "set" ? setAt(edited, edit.path, edit.value) : removeAt(edited, edit.path);
    meant = applyToJson(meant, edit);
  }
  verify(edited, meant);
  return edited;
}

/** Brings the value at a path into the text: in place where it stands already, else at the fitting place. */
function setAt(text: string, path: NodePath, value: Json): string {
  const { root } = parse(sourceOf(text));
  const existing = valueAt(root, path);
  if (path.length === 0) {
    throw new ConfigError("write", "the path of an edit must not be empty");
  }
  if (existing === undefined) {
    const list = path.findIndex((part, index) => part === 0 && valueAt(root, path.slice(0, index)) === undefined);
    return list < 0
      ? insertValue(clearWay(text, root, path), path, value)
      : setAt(text, path.slice(0, list), [nest(path.slice(list + 1), value)]);
  }
  if (same(existing, value)) {
    return text;
  }
  if (existing.kind === "table" && existing.form !== "inline" && isTableValue(value)) {
    return setEntries(text, path, existing, value);
  }
  if (existing.kind === "array" && existing.form === "tables" && isArrayOfTables(value)) {
    return setItems(text, path, existing.items.length, value);
  }
  if (isInPlace(existing)) {
    const { start, end } = existing.span;
    return text.slice(0, start) + printValue(value) + text.slice(end);
  }
  return insertValue(removeAt(text, path), path, value);
}

/** A table of several lines is edited key by key, so that what stays keeps its comments. */
function setEntries(text: string, path: NodePath, table: TomlTable, value: { [key: string]: Json }): string {
  let edited = text;
  for (const key of table.entries.keys()) {
    if (!Object.hasOwn(value, key) || value[key] === null) {
      edited = removeAt(edited, [...path, key]);
    }
  }
  for (const [key, item] of presentEntries(value)) {
    edited = setAt(edited, [...path, key], item);
  }
  return edited;
}

function setItems(text: string, path: NodePath, length: number, value: readonly Json[]): string {
  let edited = text;
  for (let index = length - 1; index >= value.length; index--) {
    edited = removeAt(edited, [...path, index]);
  }
  for (const [index, item] of value.entries()) {
    edited = setAt(edited, [...path, index], item);
  }
  return edited;
}

/** A scalar where a table must be is taken away. */
function clearWay(text: string, root: TomlTable, path: NodePath): string {
  for (let length = 1; length < path.length; length++) {
    const value = valueAt(root, path.slice(0, length));
    if (value === undefined) {
      return text;
    }
    const next = path[length];
    const fits = value.kind === (typeof next === "number" ? "array" : "table");
    if (!fits) {
      return removeAt(text, path.slice(0, length));
    }
  }
  return text;
}

/** Whether a value can be overwritten where it stands. */
function isInPlace(value: TomlValue): boolean {
  if (value.kind === "table") {
    return hasBraces(value);
  }
  return value.kind !== "array" || value.form === "inline";
}

function same(existing: TomlValue, value: Json): boolean {
  return sameJson(prune(tomlToJson(existing)), prune(value));
}

function verify(text: string, meant: Json): void {
  let actual: Json;
  try {
    actual = tomlToJson(parse(sourceOf(text)).root);
  } catch (error) {
    throw new ConfigError("write", "the edited text would not be valid TOML; nothing was changed", { cause: error });
  }
  // Empty tables come and go with their headers and mean nothing.
  if (!sameJson(prune(actual), prune(meant))) {
    throw new ConfigError("write", "the edited text would not mean what was asked for; nothing was changed");
  }
}

function parse(source: TomlSource): ReturnType<typeof parseToml> {
  try {
    return parseToml(source);
  } catch (error) {
    throw error instanceof TomlSyntaxError ? syntaxError(error) : error;
  }
}

function sourceOf(text: string): TomlSource {
  return { file: null, text, folder: null, layer: null };
}
