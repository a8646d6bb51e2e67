/** Turns the JSON a model wrote into typed arguments, or into an error the model can act on. */

import { at, JsonSyntaxError, kindText, readJson, type Located, type Place } from "./json-reader.js";
import { ToolError } from "./tool.js";

/** Reads one field's value. @throws {ShapeError} */
export type Decode<T> = (value: Located) => T;

/** A field: how to read it, and what it is when it is left out. */
export interface Field<T> {
  decode: Decode<T>;
  missing: { kind: "required" } | { kind: "default"; value: T };
  /** Other names models use for it. */
  aliases: readonly string[];
}

/** Fields by name. */
export type Fields<T> = { readonly [K in keyof T]: Field<T[K]> };

class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/** Reads a call's arguments. Unknown members are ignored unless `strict`. @throws {ToolError} with the text for the model */
export function parseArguments<T>(text: string, fields: Fields<T>, { strict = false } = {}): T {
  try {
    return object(fields, { strict })(readJson(text));
  } catch (error) {
    if (error instanceof ShapeError || error instanceof JsonSyntaxError) {
      throw new ToolError(`failed to parse function arguments: ${error.message}`);
    }
    throw error;
  }
}

/** Reads a call's arguments of which nothing is known. @throws {ToolError} with the text for the model */
export function anyArguments(text: string): unknown {
  try {
    return anything(readJson(text));
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw new ToolError(`failed to parse function arguments: ${error.message}`, { cause: error });
  }
}

/** A field that must be there. */
export function required<T>(decode: Decode<T>, aliases: readonly string[] = []): Field<T> {
  return { decode, missing: { kind: "required" }, aliases };
}

/** A field that may be left out or null. */
export function optional<T>(decode: Decode<T>, aliases: readonly string[] = []): Field<T | null> {
  return {
    decode: (value) => (value.kind === "null" ? null : decode(value)),
    missing: { kind: "default", value: null },
    aliases,
  };
}

/** A field with a value of its own when it is left out. */
export function withDefault<T>(decode: Decode<T>, value: T): Field<T> {
  return { decode, missing: { kind: "default", value }, aliases: [] };
}

/** An object with these fields. */
export function object<T>(fields: Fields<T>, { strict = false } = {}): Decode<T> {
  return (value) => {
    if (value.kind !== "object") throw unexpected(value, "an object");
    if (strict) refuseUnknown(value.keyEnds, Object.keys(fields));
    const entries = Object.entries<Field<unknown>>(fields).map(([name, field]) => {
      const found = [name, ...field.aliases]
        .map((key) => value.members.get(key))
        .find((member) => member !== undefined);
      if (found !== undefined) return [name, field.decode(found)];
      if (field.missing.kind === "required") throw new ShapeError(`missing field \`${name}\`${at(value.end)}`);
      return [name, field.missing.value];
    });
    // Object.fromEntries loses the types that `fields` just established for every key.
    return Object.fromEntries(entries) as T;
  };
}

/** Text. */
export const string: Decode<string> = (value) => {
  if (value.kind !== "string") throw unexpected(value, "a string");
  return value.value;
};

/** True or false. */
export const boolean: Decode<boolean> = (value) => {
  if (value.kind !== "boolean") throw unexpected(value, "a boolean");
  return value.value;
};

/** A whole number of at least zero. */
export const count: Decode<number> = (value) => {
  if (value.kind !== "number") throw unexpected(value, "u64");
  if (!Number.isSafeInteger(value.value) || value.value < 0) {
    const kind = /[.eE]/.test(value.text) ? `floating point \`${value.text}\`` : `integer \`${value.text}\``;
    throw new ShapeError(`invalid ${value.value < 0 ? "value" : "type"}: ${kind}, expected u64${at(value.end)}`);
  }
  return value.value;
};

/** A list. */
export function array<T>(decode: Decode<T>): Decode<T[]> {
  return (value) => {
    if (value.kind !== "array") throw unexpected(value, "a sequence");
    return value.elements.map(decode);
  };
}

/** One of a few words. */
export function oneOf<T extends string>(words: readonly T[]): Decode<T> {
  return (value) => {
    const text = string(value);
    const found = words.find((word) => word === text);
    if (found === undefined) {
      const expected = words.map((word) => `\`${word}\``);
      const list = words.length === 2 ? expected.join(" or ") : `one of ${expected.join(", ")}`;
      throw new ShapeError(`unknown variant \`${text}\`, expected ${list}${at(value.end)}`);
    }
    return found;
  };
}

/** Any JSON, as plain values. */
export const anything: Decode<unknown> = (value) => {
  switch (value.kind) {
    case "object":
      return Object.fromEntries([...value.members].map(([key, member]) => [key, anything(member)]));
    case "array":
      return value.elements.map(anything);
    case "null":
      return null;
    default:
      return value.value;
  }
};

// helpers

function refuseUnknown(keys: ReadonlyMap<string, Place>, known: readonly string[]): void {
  for (const [key, end] of keys) {
    if (known.includes(key)) continue;
    const names = known.map((name) => `\`${name}\``);
    const expected = names.length === 2 ? names.join(" or ") : `one of ${names.join(", ")}`;
    throw new ShapeError(`unknown field \`${key}\`, expected ${expected}${at(end)}`);
  }
}

function startOf(value: Located): Place {
  return value.kind === "array" ? value.start : value.end;
}

function unexpected(value: Located, expected: string): ShapeError {
  return new ShapeError(`invalid type: ${kindText(value)}, expected ${expected}${at(startOf(value))}`);
}
