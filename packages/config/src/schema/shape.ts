/** A small language for describing configuration values: each shape reads a TOML value and can describe itself. */

import type { TomlEntry, TomlTable, TomlValue } from "../toml/nodes.js";
import type { JsonSchema } from "./json-schema.js";

/** What reading needs to know and to tell. */
export interface Reader {
  /** The keys from the root to the value being read. */
  readonly path: string[];
  /** Replaces `~` and makes paths absolute; see paths.ts. */
  resolvePath(path: string, node: TomlValue): string;
  /** Told of each key that no shape knows. `known` are the names that stand beside it. */
  unknownKey(path: readonly string[], entry: TomlEntry, known: readonly string[]): void;
}

/** A kind of value. `read` throws ShapeError for anything else. */
export interface Shape<T> {
  read(node: TomlValue, reader: Reader): T;
  /** The shape as JSON schema, built when asked. */
  describe(): JsonSchema;
  /** The shapes inside, by key; only tables with fixed keys have any. */
  readonly fields?: Fields;
  /** The shape of every value of a table with free keys, or of a list. */
  readonly inner?: Shape<unknown>;
  readonly isPath?: boolean;
  /** True for a shape with fields that can also be written as a single word. */
  readonly isValue?: boolean;
}

/** The type that a shape reads. */
export type Infer<S> = S extends Shape<infer T> ? T : never;

/** A value that does not have the expected shape. */
export class ShapeError extends Error {
  readonly node: TomlValue;
  readonly path: readonly string[];

  constructor(message: string, node: TomlValue, path: readonly string[]) {
    super(message);
    this.name = "ShapeError";
    this.node = node;
    this.path = [...path];
  }
}

/** What is known about a key besides its shape. */
export interface FieldNotes {
  /** One sentence for people: what the key does. */
  readonly doc: string;
  /** The default as people should read it, where it is not a plain value. */
  readonly defaultNote?: string;
  readonly aliases?: readonly string[];
  /** The key that replaces this one. */
  readonly deprecatedFor?: string;
  /** Why the key has no effect here, when it has none. */
  readonly notApplicable?: string;
}

/** A key of a table. */
export interface Field<T> extends FieldNotes {
  readonly shape: Shape<unknown>;
  readonly required: boolean;
  readonly fallback?: unknown;
  /** Reads the key's value; an absent key gives the fallback. */
  readonly take: (node: TomlValue | undefined, reader: Reader) => T;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** A key that may be absent: undefined then. */
export function optional<T>(shape: Shape<T>, doc: string, notes: Omit<FieldNotes, "doc"> = {}): Field<T | undefined> {
  const take = (node: TomlValue | undefined, reader: Reader): T | undefined =>
    node === undefined ? undefined : shape.read(node, reader);
  return { shape, required: false, take, doc, ...notes };
}

/** A key whose absence means a fixed value. */
export function withDefault<T>(
  shape: Shape<T>,
  fallback: T,
  doc: string,
  notes: Omit<FieldNotes, "doc"> = {},
): Field<T> {
  const take = (node: TomlValue | undefined, reader: Reader): T =>
    node === undefined ? fallback : shape.read(node, reader);
  return { shape, required: false, fallback, take, doc, ...notes };
}

/** A key that must be there. */
export function required<T>(shape: Shape<T>, doc: string): Field<T> {
  const take = (node: TomlValue | undefined, reader: Reader): T => {
    if (node === undefined) {
      throw new Error(`required field read without a value at ${reader.path.join(".")}`);
    }
    return shape.read(node, reader);
  };
  return { shape, required: true, take, doc };
}

/** A table that is read as if empty when it is absent, so that its keys' defaults apply. */
export function section<T>(shape: Shape<T>, doc: string): Field<T> {
  let absent: T | undefined;
  const take = (node: TomlValue | undefined, reader: Reader): T =>
    node === undefined ? (absent ??= shape.read(NOWHERE, reader)) : shape.read(node, reader);
  return { shape, required: false, take, doc };
}

const NOWHERE: TomlTable = {
  kind: "table",
  form: "root",
  entries: new Map(),
  source: { file: null, text: "", folder: null, layer: null },
  span: { start: 0, end: 0 },
};

/** Says what a value is, in the words of load errors. */
export function nameOf(node: TomlValue): string {
  switch (node.kind) {
    case "string":
      return `string ${JSON.stringify(node.value)}`;
    case "integer":
      return `integer \`${node.value}\``;
    case "float":
      return `floating point \`${floatText(node.value)}\``;
    case "boolean":
      return `boolean \`${node.value}\``;
    case "datetime":
      return `datetime \`${node.value}\``;
    case "array":
      return "sequence";
    case "table":
      return "map";
  }
}

/** The error for a value of another type. */
export function wrongType(node: TomlValue, expected: string, reader: Reader): ShapeError {
  return new ShapeError(`invalid type: ${nameOf(node)}, expected ${expected}`, node, reader.path);
}

function floatText(value: number): string {
  if (Number.isNaN(value)) {
    return "NaN";
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? "inf" : "-inf";
  }
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
