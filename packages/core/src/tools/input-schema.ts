/** Squeezes the JSON Schemas that servers and clients send into the small subset that models' tools take. Pure. */

import { isRecord } from "../is-record.js";

/** A schema in the subset. */
export type ToolSchema =
  | { type: "boolean" | "string" | "number"; description?: string }
  | { type: "array"; items: ToolSchema; description?: string }
  | ToolObjectSchema;

/** A schema of an object; it has no description of its own. */
export interface ToolObjectSchema {
  type: "object";
  /** In alphabetical order. */
  properties: Record<string, ToolSchema>;
  required?: string[];
  additionalProperties?: boolean | ToolSchema;
}

/** A schema that cannot be brought into the subset. */
export class InputSchemaError extends Error {
  override readonly name = "InputSchemaError";
}

/** The parameters of a function tool. @throws {InputSchemaError} */
export function toolParameters(schema: unknown): Record<string, unknown> {
  return { ...toolSchema(schema, 0) };
}

// helpers

type Json = Readonly<Record<string, unknown>>;

/** Schemas do not nest deeper; those that refer to themselves cannot, as references are not followed. */
const MAX_DEPTH = 64;
const TYPES = ["object", "array", "string", "number", "integer", "boolean"] as const;
const OBJECT_SIGNS = ["properties", "required", "additionalProperties"];
const ARRAY_SIGNS = ["items", "prefixItems"];
const STRING_SIGNS = ["enum", "const", "format"];
const NUMBER_SIGNS = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

function toolSchema(schema: unknown, depth: number): ToolSchema {
  // `true` and `false` say nothing about a value's form.
  if (typeof schema === "boolean") return { type: "string" };
  if (!isRecord(schema)) throw new InputSchemaError(`a schema must be an object or a boolean, not ${nameOf(schema)}`);
  if (depth > MAX_DEPTH) throw new InputSchemaError("the schema is nested too deeply");
  const type = typeOf(schema);
  switch (type) {
    case "object":
      return objectSchema(schema, depth);
    case "array":
      return { type, items: toolSchema(schema["items"] ?? { type: "string" }, depth + 1), ...described(schema) };
    case "integer":
    case "number":
      return { type: "number", ...described(schema) };
    case "string":
    case "boolean":
      return { type, ...described(schema) };
  }
}

function objectSchema(schema: Json, depth: number): ToolObjectSchema {
  const properties = schema["properties"] ?? {};
  if (!isRecord(properties)) throw new InputSchemaError("`properties` must be an object");
  const names = Object.keys(properties).toSorted();
  const { required, additionalProperties: additional } = schema;
  return {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, toolSchema(properties[name], depth + 1)])),
    ...(required === undefined ? {} : { required: requiredNames(required) }),
    ...(additional === undefined
      ? {}
      : { additionalProperties: typeof additional === "boolean" ? additional : toolSchema(additional, depth + 1) }),
  };
}

function requiredNames(required: unknown): string[] {
  if (Array.isArray(required) && required.every((name) => typeof name === "string")) return required;
  throw new InputSchemaError("`required` must be a list of names");
}

/** The type that is named, the first known one of several, or the one that the schema's other words speak of. */
function typeOf(schema: Json): (typeof TYPES)[number] {
  const named = schema["type"];
  if (typeof named === "string") {
    const known = TYPES.find((type) => type === named);
    if (known === undefined) throw new InputSchemaError(`the type \`${named}\` is not supported`);
    return known;
  }
  const fromList = Array.isArray(named) ? TYPES.find((type) => named.includes(type)) : undefined;
  if (fromList !== undefined) return fromList;
  const has = (signs: readonly string[]): boolean => signs.some((sign) => sign in schema);
  if (has(OBJECT_SIGNS)) return "object";
  if (has(ARRAY_SIGNS)) return "array";
  if (has(STRING_SIGNS)) return "string";
  return has(NUMBER_SIGNS) ? "number" : "string";
}

function described({ description }: Json): { description?: string } {
  return typeof description === "string" ? { description } : {};
}

function nameOf(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "a list" : `a ${typeof value}`;
}
