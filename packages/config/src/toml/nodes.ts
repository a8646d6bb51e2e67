/** What a TOML document is after parsing: values that remember where they stand in which text. */

import type { ConfigLayerSource } from "../layers/layer-source.js";

/** Where a value was written: a file, a command line argument, or a request of a client. */
export interface TomlSource {
  /** Absolute path of the file; null for values that were not in a file. */
  readonly file: string | null;
  readonly text: string;
  /** Folder against which relative paths in this text are resolved; null when there is none. */
  readonly folder: string | null;
  /** The configuration layer the text belongs to, when it belongs to one. */
  readonly layer: ConfigLayerSource | null;
}

/** A half-open range of UTF-16 offsets into `TomlSource.text`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface NodeBase {
  readonly source: TomlSource;
  readonly span: Span;
}

export interface TomlString extends NodeBase {
  readonly kind: "string";
  readonly value: string;
}

export interface TomlInteger extends NodeBase {
  readonly kind: "integer";
  /** A bigint only where a number would lose digits. */
  readonly value: number | bigint;
}

export interface TomlFloat extends NodeBase {
  readonly kind: "float";
  readonly value: number;
}

export interface TomlBoolean extends NodeBase {
  readonly kind: "boolean";
  readonly value: boolean;
}

/** Any of TOML's four kinds of date and time, as written. */
export interface TomlDatetime extends NodeBase {
  readonly kind: "datetime";
  readonly value: string;
}

export interface TomlArray extends NodeBase {
  readonly kind: "array";
  /** `tables`: written as `[[header]]` sections. */
  readonly form: "inline" | "tables";
  readonly items: TomlValue[];
}

/**
 * How a table came to be: the document itself, a `[header]`, a part of a longer header, a part of a dotted key,
 * `{ braces }`, or the union of tables of several documents.
 */
export type TomlTableForm = "root" | "header" | "implicit" | "dotted" | "inline" | "merged";

export interface TomlTable {
  readonly kind: "table";
  readonly source: TomlSource;
  /** The header with its brackets, the braces, or the key for tables that have neither. */
  span: Span;
  form: TomlTableForm;
  readonly entries: Map<string, TomlEntry>;
}

export interface TomlEntry {
  /** The last part of the key. */
  readonly keySpan: Span;
  /** From the first letter of the (dotted) key to the end of the value; absent for tables made by headers. */
  readonly statement?: Span;
  readonly value: TomlValue;
}

export type TomlValue = TomlString | TomlInteger | TomlFloat | TomlBoolean | TomlDatetime | TomlArray | TomlTable;

/** One line of a document, for editors: a header, or a key with its value. */
export type TomlStatement =
  | {
      readonly kind: "header";
      readonly path: readonly string[];
      readonly isArray: boolean;
      readonly span: Span;
      readonly table: TomlTable;
    }
  | {
      readonly kind: "assignment";
      readonly path: readonly string[];
      readonly span: Span;
      readonly value: TomlValue;
      readonly section: TomlTable;
    };

export interface TomlDocument {
  readonly source: TomlSource;
  readonly root: TomlTable;
  readonly statements: readonly TomlStatement[];
}

/** A text that is not TOML. `start` and `end` are offsets into the source. */
export class TomlSyntaxError extends Error {
  readonly source: TomlSource;
  readonly span: Span;

  constructor(message: string, source: TomlSource, start: number, end: number = start + 1) {
    super(message);
    this.name = "TomlSyntaxError";
    this.source = source;
    this.span = { start, end: Math.max(end, start + 1) };
  }
}

/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The value as JSON; dates become an object with one private key, as the original's TOML library writes them. */
export function tomlToJson(node: TomlValue): Json {
  switch (node.kind) {
    case "array":
      return node.items.map(tomlToJson);
    case "table":
      return Object.fromEntries([...node.entries].map(([key, entry]) => [key, tomlToJson(entry.value)]));
    case "integer":
      return Number(node.value);
    case "datetime":
      return { $__toml_private_datetime: node.value };
    case "float":
      return Number.isFinite(node.value) ? node.value : null;
    case "string":
    case "boolean":
      return node.value;
  }
}

/** A JSON value as a TOML value without a text of its own. A null inside is left out: TOML has none. */
export function jsonToToml(value: Json, source: TomlSource): TomlValue {
  const span = { start: 0, end: source.text.length };
  if (typeof value === "string") {
    return { kind: "string", value, source, span };
  }
  if (typeof value === "boolean") {
    return { kind: "boolean", value, source, span };
  }
  if (typeof value === "number") {
    return Number.isInteger(value) ? { kind: "integer", value, source, span } : { kind: "float", value, source, span };
  }
  if (Array.isArray(value)) {
    const items = value.filter((item) => item !== null).map((item) => jsonToToml(item, source));
    return { kind: "array", form: "inline", items, source, span };
  }
  const entries = new Map<string, TomlEntry>();
  for (const [key, item] of Object.entries(value ?? {})) {
    if (item !== null) {
      entries.set(key, { keySpan: span, value: jsonToToml(item, source) });
    }
  }
  return { kind: "table", form: "inline", entries, source, span };
}

/** A table that holds nothing and stands nowhere. */
export function emptyTable(source: TomlSource): TomlTable {
  return { kind: "table", form: "root", entries: new Map(), source, span: { start: 0, end: 0 } };
}
