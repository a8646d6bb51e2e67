/**
 * Checks values against wire schemas. A definition is turned into functions when it is first asked for; until then nothing
 * is built. Unknown members are kept. Members that a writer always writes are filled in when an older writer left them out.
 */

import { type Check, type CheckMaker, isObject } from "./check.js";
import { checkNumber } from "./check-number.js";
import { checkUnion } from "./check-union.js";
import { missingField, unknownVariant, WireFormatError, wrongType } from "./wire-format-error.js";
import type { WireDefinitions, WireSchema } from "./wire-schema.js";

/** Checks by the name of a definition. */
export type Checker = (name: string) => Check;

/** @returns a checker over these definitions, which may refer to each other */
export function createChecker(definitions: WireDefinitions): Checker {
  const made = new Map<string, Check>();
  const checkOf: Checker = (name) => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const definition = definitions[name];
    if (definition === undefined) throw new Error(`there is no wire type ${name}`);
    const check = guardedAgainstDepth(make(definition(), name.replace(/^.*\./, "")));
    made.set(name, check);
    return check;
  };
  const make: CheckMaker = (schema, name) => makeCheck(schema, name, make, checkOf);
  return checkOf;
}

/** Hostile nesting ends in the typed error, not in an overflowing stack. */
function guardedAgainstDepth(check: Check): Check {
  return (value) => {
    try {
      return check(value);
    } catch (error) {
      if (error instanceof RangeError) throw new WireFormatError("recursion limit exceeded", "less nesting");
      throw error;
    }
  };
}

function makeCheck(schema: WireSchema, name: string, make: CheckMaker, checkOf: Checker): Check {
  if (schema.$ref !== undefined) return reference(schema.$ref, checkOf);
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives !== undefined) return checkUnion(alternatives, name, make);
  if (Array.isArray(schema.type)) return nullable(schema, schema.type, name, make);
  switch (schema.type) {
    case "string":
      return schema.enum === undefined ? string : oneOfTexts(schema.enum);
    case "boolean":
      return boolean;
    case "null":
      return nothing;
    case "integer":
    case "number":
      return checkNumber(schema.format);
    case "array":
      return list(make(schema.items ?? {}, name));
    case "object":
      return object(schema, name, make);
    default:
      return (value) => value;
  }
}

/** Looked up when first used, so that types may contain themselves. */
function reference(name: string, checkOf: Checker): Check {
  let target: Check | undefined;
  return (value) => {
    target ??= checkOf(name);
    return target(value);
  };
}

function nullable(
  schema: WireSchema,
  types: readonly (WireSchema["type"] & string)[],
  name: string,
  make: CheckMaker,
): Check {
  const [type] = types.filter((each) => each !== "null");
  const rest = make({ ...schema, ...(type === undefined ? {} : { type }) }, name);
  return (value) => (value === null ? value : rest(value));
}

function string(value: unknown): unknown {
  if (typeof value !== "string") throw wrongType(value, "a string");
  return value;
}

function boolean(value: unknown): unknown {
  if (typeof value !== "boolean") throw wrongType(value, "a boolean");
  return value;
}

function nothing(value: unknown): unknown {
  if (value !== null && value !== undefined) throw wrongType(value, "unit");
  return value;
}

function oneOfTexts(texts: readonly string[]): Check {
  const known = new Set(texts);
  return (value) => {
    if (typeof value !== "string") throw wrongType(value, "a string");
    if (!known.has(value)) throw unknownVariant(value, texts);
    return value;
  };
}

function list(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) throw wrongType(value, "a sequence");
    const items: readonly unknown[] = value;
    let result: unknown[] | undefined;
    let index = 0;
    try {
      for (; index < items.length; index++) {
        const item = items[index];
        const checked = check(item);
        if (checked !== item) (result ??= [...items])[index] = checked;
      }
    } catch (error) {
      throw located(error, index);
    }
    return result ?? value;
  };
}

function object(schema: WireSchema, name: string, make: CheckMaker): Check {
  const required = new Set(schema.required);
  const written = new Set(schema.written);
  const members = Object.entries(schema.properties ?? {}).map(([key, member]) => ({
    key,
    check: make(member, name),
    required: required.has(key),
    fill: written.has(key) ? (member.default ?? null) : undefined,
  }));
  const rest = typeof schema.additionalProperties === "object" ? make(schema.additionalProperties, name) : undefined;
  const expected = schema.properties === undefined ? "a map" : `struct ${name}`;
  return (value) => {
    if (!isObject(value)) throw wrongType(value, expected);
    let result: Record<string, unknown> | undefined;
    let at = "";
    try {
      for (const { key, check, required: needed, fill } of members) {
        const member = value[key];
        if (member === undefined) {
          if (needed) throw missingField(key);
          if (fill !== undefined) (result ??= { ...value })[key] = structuredClone(fill);
          continue;
        }
        at = key;
        const checked = check(member);
        if (checked !== member) (result ??= { ...value })[key] = checked;
        at = "";
      }
      if (rest !== undefined) {
        for (at of Object.keys(value)) {
          const checked = rest(value[at]);
          if (checked !== value[at]) (result ??= { ...value })[at] = checked;
        }
      }
    } catch (error) {
      throw at === "" ? error : located(error, at);
    }
    return result ?? value;
  };
}

function located(error: unknown, key: string | number): unknown {
  return error instanceof WireFormatError ? error.within(key) : error;
}
