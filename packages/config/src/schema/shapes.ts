/** The shapes that configuration keys are made of: scalars, lists, tables. */

import type { TomlEntry, TomlTable, TomlValue } from "../toml/nodes.js";
import type { JsonSchema } from "./json-schema.js";
import { describeTable } from "./json-schema.js";
import { nameOf, ShapeError, wrongType, type Field, type Fields, type Reader, type Shape } from "./shape.js";

/** Any text; a date without quotes is taken as its text. */
export const string: Shape<string> = {
  read(node, reader) {
    if (node.kind === "string" || node.kind === "datetime") {
      return node.value;
    }
    throw wrongType(node, "a string", reader);
  },
  describe: () => ({ type: "string" }),
};

/** A path, made absolute against the folder of the file it stands in. */
export const path: Shape<string> = {
  isPath: true,
  read(node, reader) {
    if (node.kind === "string") {
      return reader.resolvePath(node.value, node);
    }
    throw wrongType(node, "path string", reader);
  },
  describe: () => ({ type: "string", description: "A path; a relative one starts at the folder of the file." }),
};

/** A path that stays as it is written. */
export const plainPath: Shape<string> = {
  read(node, reader) {
    if (node.kind === "string") {
      return node.value;
    }
    throw wrongType(node, "path string", reader);
  },
  describe: () => ({ type: "string" }),
};

export const boolean: Shape<boolean> = {
  read(node, reader) {
    if (node.kind === "boolean") {
      return node.value;
    }
    throw wrongType(node, "a boolean", reader);
  },
  describe: () => ({ type: "boolean" }),
};

/** A whole number between two bounds, named in errors as the original names its type. */
export function integer(name: "i64" | "u64" | "usize" | "u16"): Shape<number> {
  const minimum = name === "i64" ? Number.MIN_SAFE_INTEGER : 0;
  const maximum = name === "u16" ? 0xffff : Number.MAX_SAFE_INTEGER;
  return {
    read(node, reader) {
      if (node.kind !== "integer") {
        throw wrongType(node, name, reader);
      }
      // Whole numbers beyond 2^53 mean "no limit" in practice.
      const value = typeof node.value === "bigint" ? (node.value < 0n ? -Infinity : maximum) : node.value;
      if (value < minimum || value > maximum) {
        throw new ShapeError(`invalid value: ${nameOf(node)}, expected ${name}`, node, reader.path);
      }
      return value;
    },
    describe: () => ({
      type: "integer",
      ...(name === "i64" ? {} : { minimum: 0 }),
      ...(name === "u16" ? { maximum } : {}),
    }),
  };
}

/** Any number. */
export const float: Shape<number> = {
  read(node, reader) {
    if (node.kind === "float" || node.kind === "integer") {
      return Number(node.value);
    }
    throw wrongType(node, "f64", reader);
  },
  describe: () => ({ type: "number" }),
};

/** One of some words. */
export function oneOf<const T extends string>(values: readonly T[]): Shape<T> {
  return {
    read(node, reader) {
      if (node.kind !== "string") {
        throw wrongType(node, alternatives(values), reader);
      }
      const found = values.find((value) => value === node.value);
      if (found === undefined) {
        throw unknownVariant(node.value, values, node, reader);
      }
      return found;
    },
    describe: () => ({ type: "string", enum: [...values] }),
  };
}

/** The error for a word that is not one of those possible. */
export function unknownVariant(word: string, values: readonly string[], node: TomlValue, reader: Reader): ShapeError {
  return new ShapeError(`unknown variant \`${word}\`, expected ${alternatives(values)}`, node, reader.path);
}

/** A list of values of one shape. */
export function list<T>(item: Shape<T>): Shape<readonly T[]> {
  return {
    inner: item,
    read(node, reader) {
      if (node.kind !== "array") {
        throw wrongType(node, "a sequence", reader);
      }
      return node.items.map((value, index) => within(reader, String(index), () => item.read(value, reader)));
    },
    describe: () => ({ type: "array", items: item.describe() }),
  };
}

/** A table with free keys and values of one shape. */
export function map<T>(value: Shape<T>): Shape<ReadonlyMap<string, T>> {
  return {
    inner: value,
    read(node, reader) {
      const result = new Map<string, T>();
      for (const [key, entry] of tableOf(node, "a map", reader).entries) {
        result.set(
          key,
          within(reader, key, () => value.read(entry.value, reader)),
        );
      }
      return result;
    },
    describe: () => ({ type: "object", additionalProperties: value.describe() }),
  };
}

/** What a table of fields reads. */
export type FieldValues<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** A table with known keys. Other keys are reported, not refused. */
export function table<F extends Fields>(fields: F): Shape<FieldValues<F>> {
  const names = Object.keys(fields);
  return {
    fields,
    read(node, reader) {
      const { entries } = tableOf(node, "a table", reader);
      const values: Record<string, unknown> = {};
      let met = 0;
      for (const name of names) {
        const field = fields[name];
        if (field === undefined) {
          continue;
        }
        const entry = entryOf(entries, name, field, node, reader);
        if (entry === undefined && field.required) {
          throw new ShapeError(`missing field \`${name}\``, node, reader.path);
        }
        met += entry === undefined ? 0 : 1;
        values[name] = within(reader, name, () => field.take(entry?.value, reader));
      }
      if (met < entries.size) {
        reportUnknown(entries, fields, reader);
      }
      // One entry per field, each read by its own shape: that is what FieldValues says.
      return values as FieldValues<F>;
    },
    describe: () => describeTable(fields),
  };
}

/** A table of strings with free keys. */
export const stringTable: Shape<Readonly<Record<string, string>>> = {
  inner: string,
  read: (node, reader) => Object.fromEntries(map(string).read(node, reader)),
  describe: () => ({ type: "object", additionalProperties: { type: "string" } }),
};

/** A shape whose value is turned into something else; `make` may throw `problem(text)`. */
export function convert<T, U>(shape: Shape<T>, make: (value: T, problem: (text: string) => ShapeError) => U): Shape<U> {
  const { read, ...rest } = shape;
  return {
    ...rest,
    read: (node, reader) => make(read(node, reader), (text) => new ShapeError(text, node, reader.path)),
  };
}

/** A shape that reads a value in its own way. */
export function custom<T>(read: Shape<T>["read"], describe: () => JsonSchema): Shape<T> {
  return { read, describe };
}

// helpers

function tableOf(node: TomlValue, expected: string, reader: Reader): TomlTable {
  if (node.kind === "table") {
    return node;
  }
  throw wrongType(node, expected, reader);
}

function entryOf(
  entries: ReadonlyMap<string, TomlEntry>,
  name: string,
  field: Field<unknown>,
  node: TomlValue,
  reader: Reader,
): TomlEntry | undefined {
  const entry = entries.get(name);
  for (const alias of field.aliases ?? []) {
    const aliased = entries.get(alias);
    if (aliased !== undefined && entry !== undefined) {
      throw new ShapeError(`duplicate field \`${name}\``, node, reader.path);
    }
    if (aliased !== undefined) {
      return aliased;
    }
  }
  return entry;
}

function reportUnknown(entries: ReadonlyMap<string, TomlEntry>, fields: Fields, reader: Reader): void {
  const known = Object.entries(fields).flatMap(([name, field]) => [name, ...(field.aliases ?? [])]);
  for (const [key, entry] of entries) {
    if (!known.includes(key)) {
      reader.unknownKey([...reader.path, key], entry, known);
    }
  }
}

function within<T>(reader: Reader, key: string, read: () => T): T {
  reader.path.push(key);
  const value = read();
  reader.path.pop();
  return value;
}

function alternatives(values: readonly string[]): string {
  const quoted = values.map((value) => `\`${value}\``);
  if (quoted.length <= 2) {
    return quoted.join(" or ");
  }
  return `one of ${quoted.join(", ")}`;
}
