/**
 * Prepares a server's JSON Schema for the Responses API: nearly all of it is kept, so that the model knows choices, unions
 * and limits. What the API refuses would make every request of the session fail, so each keyword is checked. Pure.
 */

import { InputSchemaError } from "../input-schema.js";
import { isRecord } from "../../is-record.js";

type Json = Readonly<Record<string, unknown>>;

/** @throws {InputSchemaError} when it is no schema of an object */
export function fullParameters(schema: unknown): Json {
  if (!isRecord(schema)) throw new InputSchemaError("the schema must be an object");
  const { type } = schema;
  if (type !== undefined && type !== "object" && !(Array.isArray(type) && type.includes("object"))) {
    throw new InputSchemaError("arguments must be an object");
  }
  const cleaned = clean(schema, schema, 0);
  const rest = Object.entries(cleaned).filter(([keyword]) => !NOT_AT_THE_TOP.has(keyword));
  const properties = {
    ...propertiesOfVariants(cleaned),
    ...(isRecord(cleaned["properties"]) ? cleaned["properties"] : {}),
  };
  return { ...Object.fromEntries(rest), type: "object", properties };
}

// helpers

/** Schemas do not nest deeper in earnest. */
const MAX_DEPTH = 64;
const TYPES = new Set(["object", "array", "string", "number", "integer", "boolean", "null"]);

/** The API wants an object that is one; what is chosen between goes below it. */
const NOT_AT_THE_TOP = new Set(["oneOf", "anyOf", "allOf", "not", "enum", "const", "if", "then", "else", "$ref"]);

const NUMBERS = [
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
  "minContains",
  "maxContains",
];

const isText = (value: unknown): boolean => typeof value === "string";
const isNumber = (value: unknown): boolean => typeof value === "number";
const isFlag = (value: unknown): boolean => typeof value === "boolean";

/** Keywords with plain values, and what these must be. A map: names such as `constructor` are no keywords. */
const PLAIN: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ...["title", "description", "format", "pattern"].map((keyword) => [keyword, isText] as const),
  ...NUMBERS.map((keyword) => [keyword, isNumber] as const),
  ...["uniqueItems", "deprecated", "readOnly", "writeOnly"].map((keyword) => [keyword, isFlag] as const),
  ["enum", (value: unknown) => Array.isArray(value) && value.length > 0] as const,
  ["examples", (value: unknown) => Array.isArray(value)] as const,
  ["default", () => true] as const,
  ["const", () => true] as const,
  ["required", (value: unknown) => Array.isArray(value) && value.every(isText)] as const,
]);
const SCHEMAS = new Set(["items", "not", "contains", "propertyNames", "if", "then", "else"]);
const SCHEMA_LISTS = new Set(["anyOf", "oneOf", "allOf", "prefixItems"]);
const SCHEMA_MAPS = new Set(["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"]);

/** Words that make a type superfluous. */
const INSTEAD_OF_TYPE = ["$ref", "anyOf", "oneOf", "allOf", "enum", "const", "not", "if"];

function clean(schema: unknown, root: Json, depth: number): Json {
  if (depth > MAX_DEPTH) throw new InputSchemaError("the schema is nested too deeply");
  // `true` and `false` say nothing about a value's form, and not every server takes them.
  if (!isRecord(schema)) return { type: "string" };
  const kept = Object.entries(schema).flatMap(([keyword, value]) => {
    const cleaned = cleanKeyword(keyword, value, root, depth);
    return cleaned === undefined ? [] : [[keyword, cleaned] as const];
  });
  return withType(Object.fromEntries(kept));
}

/** @returns undefined when the keyword is dropped */
function cleanKeyword(keyword: string, value: unknown, root: Json, depth: number): unknown {
  const inner = (each: unknown): Json => clean(each, root, depth + 1);
  const mayBe = PLAIN.get(keyword);
  if (mayBe !== undefined) return mayBe(value) ? value : undefined;
  if (keyword === "type") return cleanType(value);
  if (keyword === "$ref") return typeof value === "string" && leadsSomewhere(value, root) ? value : undefined;
  if (keyword === "additionalProperties") return isFlag(value) ? value : isRecord(value) ? inner(value) : undefined;
  // Older schemas list the items of a tuple under `items`.
  if (keyword === "items" && Array.isArray(value)) return value.length === 0 ? undefined : { anyOf: value.map(inner) };
  if (SCHEMAS.has(keyword)) return isRecord(value) ? inner(value) : undefined;
  if (SCHEMA_LISTS.has(keyword)) return Array.isArray(value) && value.length > 0 ? value.map(inner) : undefined;
  if (!SCHEMA_MAPS.has(keyword) || !isRecord(value)) return undefined;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inner(each)]));
}

function cleanType(value: unknown): unknown {
  if (typeof value === "string") return TYPES.has(value) ? value : undefined;
  if (!Array.isArray(value)) return undefined;
  const names = [...new Set(value.filter((name) => typeof name === "string" && TYPES.has(name)))];
  return names.length > 1 ? names : names[0];
}

/** Every schema says what it is about, and every list what it holds: some servers insist. */
function withType(schema: Json): Json {
  const typed =
    "type" in schema || INSTEAD_OF_TYPE.some((word) => word in schema) ? schema : { ...schema, type: typeOf(schema) };
  const { type } = typed;
  const isList = type === "array" || (Array.isArray(type) && type.includes("array"));
  if (isList && !("items" in typed)) {
    const tuple = typed["prefixItems"];
    return { ...typed, items: Array.isArray(tuple) ? { anyOf: tuple } : { type: "string" } };
  }
  return type === "object" && !("properties" in typed) ? { ...typed, properties: {} } : typed;
}

function typeOf(schema: Json): string {
  const has = (...words: string[]): boolean => words.some((word) => word in schema);
  if (has("properties", "required", "additionalProperties", "patternProperties")) return "object";
  if (has("items", "prefixItems", "minItems", "maxItems")) return "array";
  return has("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf") ? "number" : "string";
}

/** References into the schema itself are followed by the server; one that leads nowhere makes it refuse the request. */
function leadsSomewhere(reference: string, root: Json): boolean {
  if (!reference.startsWith("#")) return false;
  let place: unknown = root;
  for (const part of reference.slice(1).split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (!isRecord(place) || !Object.hasOwn(place, name)) return false;
    place = place[name];
  }
  return isRecord(place);
}

/** Where a schema chooses between forms at its top, the model at least learns of all properties. */
function propertiesOfVariants(schema: Json): Json {
  const variants = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => {
    const list: unknown = schema[keyword];
    return Array.isArray(list) ? list : [];
  });
  return Object.assign(
    {},
    ...variants.map((variant) => (isRecord(variant) && isRecord(variant["properties"]) ? variant["properties"] : {})),
  );
}
