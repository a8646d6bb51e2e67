/** Turns what the type reader gives into wire schemas: names of the wire, ranges of numbers, what a reader may find missing. */

import type { WireSchema, WireSchemaType } from "@codex-ts/protocol";
import type { RawSchema } from "./raw-schema.js";

/** The aliases of `packages/protocol/src/numbers.ts`. */
const numbers: Record<string, WireSchema> = {
  Uint16: { type: "integer", format: "uint16", minimum: 0 },
  Uint32: { type: "integer", format: "uint32", minimum: 0 },
  Uint64: { type: "integer", format: "uint64", minimum: 0 },
  Uint: { type: "integer", format: "uint", minimum: 0 },
  Int32: { type: "integer", format: "int32" },
  Int64: { type: "integer", format: "int64" },
  Float: { type: "number", format: "float" },
  Double: { type: "number", format: "double" },
};

/**
 * @param raw definitions by the names of the sources
 * @returns definitions by the names of the wire, without the types that are only spelled out in place
 */
export function normalise(raw: Record<string, RawSchema>): Map<string, WireSchema> {
  const context = { raw, wireName: (name: string) => wireName(name, raw[name]) };
  const result = new Map<string, WireSchema>();
  for (const [name, schema] of Object.entries(raw)) {
    if (name in numbers || schema.inline !== undefined || name.endsWith("Table")) continue;
    const wire = context.wireName(name);
    if (result.has(wire)) throw new Error(`two types have the wire name ${wire}`);
    result.set(wire, definition(schema, context));
  }
  return result;
}

interface Context {
  raw: Record<string, RawSchema>;
  wireName(name: string): string;
}

/** @returns the wire's name of a source type: its `wire` tag within its folder, else its own */
export function wireName(name: string, schema: RawSchema | undefined): string {
  const folder = /^(v2|newer)\./.exec(name)?.[0] ?? "";
  return schema?.wire === undefined ? name : folder + schema.wire;
}

/** @returns the name that a reference of the type reader points to */
export function referencedName(ref: string): string {
  return decodeURIComponent(ref.replace("#/definitions/", ""));
}

/** A definition that only names another one is a copy of it: v2 repeats some of core's names. */
function definition(schema: RawSchema, context: Context): WireSchema {
  if (schema.$ref === undefined) return convert(schema, context);
  const target = referencedName(schema.$ref);
  const copied = numbers[target] ?? definition(resolve(target, context), context);
  return { ...copied, ...described(schema) };
}

function resolve(name: string, context: Context): RawSchema {
  const found = context.raw[name];
  if (found === undefined) throw new Error(`${name} is not exported from a wire file`);
  return found;
}

function convert(schema: RawSchema, context: Context): WireSchema {
  return { ...shape(schema, context), ...described(schema) };
}

function described(schema: RawSchema): WireSchema {
  const since = schema.since === undefined ? "" : `(since ${schema.since})`;
  const description = [schema.description ?? "", since].filter((part) => part !== "").join(" ");
  return {
    ...(description === "" ? {} : { description }),
    ...(schema.default === undefined ? {} : { default: schema.default }),
    ...(schema.published === undefined ? {} : { published: schema.published }),
  };
}

function shape(schema: RawSchema, context: Context): WireSchema {
  if (schema.$ref !== undefined) return reference(referencedName(schema.$ref), context);
  if (schema.anyOf !== undefined) return union(schema.anyOf, context);
  if (schema.const !== undefined) return { type: "string", enum: [String(schema.const)] };
  if (schema.enum !== undefined) return enumeration(schema);
  if (schema.items !== undefined) return { type: typeOf(schema), items: convert(schema.items, context) };
  if (schema.type === "object") return object(schema, context);
  return schema.type === undefined ? {} : { type: typeOf(schema) };
}

function typeOf(schema: RawSchema): WireSchemaType | WireSchemaType[] {
  return schema.type as WireSchemaType | WireSchemaType[];
}

function reference(name: string, context: Context): WireSchema {
  const number = numbers[name];
  if (number !== undefined) return number;
  const target = resolve(name, context);
  return target.inline === undefined ? { $ref: context.wireName(name) } : convert(target, context);
}

function enumeration(schema: RawSchema): WireSchema {
  const texts = (schema.enum ?? []).filter((value) => typeof value === "string");
  return { type: texts.length === schema.enum?.length ? "string" : ["string", "null"], enum: texts };
}

function object(schema: RawSchema, context: Context): WireSchema {
  const properties = Object.entries(schema.properties ?? {}).map(
    ([name, property]) => [name, convert(property, context)] as const,
  );
  const mayBeMissing =
    schema.closed !== undefined
      ? new Set<string>()
      : new Set(
          properties
            .filter(([, property]) => property.default !== undefined || isNullable(property))
            .map(([name]) => name),
        );
  const required = [...(schema.required ?? [])].sort();
  const written = required.filter((name) => mayBeMissing.has(name));
  const needed = required.filter((name) => !mayBeMissing.has(name));
  const publishedRequired = Object.entries(schema.properties ?? {})
    .filter(([, property]) => property.publishedRequired !== undefined)
    .map(([name]) => name);
  return {
    type: "object",
    ...(properties.length > 0 ? { properties: Object.fromEntries(properties) } : {}),
    ...(needed.length > 0 ? { required: needed } : {}),
    ...(written.length > 0 ? { written } : {}),
    ...(publishedRequired.length > 0 ? { publishedRequired } : {}),
    ...additional(schema, context),
  };
}

function additional(schema: RawSchema, context: Context): WireSchema {
  if (schema.closed !== undefined) return { additionalProperties: false };
  const rest = schema.additionalProperties;
  if (typeof rest !== "object") return {};
  if (Object.keys(rest).length > 0) return { additionalProperties: convert(rest, context) };
  return schema.properties === undefined ? {} : { additionalProperties: true };
}

function isNullable(schema: WireSchema): boolean {
  if (Array.isArray(schema.type)) return schema.type.includes("null");
  return schema.type === "null" || (schema.anyOf ?? []).some(isNullable);
}

/** Unions: of texts, of objects with a tag, with null, or of anything. */
function union(members: RawSchema[], context: Context): WireSchema {
  const flat = members.map((member) => convert(member, context)).flatMap((member) => alternatives(member));
  const texts = flat.filter(isPlainText).flatMap((member) => member.enum ?? []);
  const others = flat.filter((member) => !isPlainText(member));
  const all = texts.length === 0 ? others : [{ type: "string" as const, enum: texts }, ...others];
  const [first, second] = all;
  if (first !== undefined && second === undefined) return first;
  if (all.length === 2 && first !== undefined && second?.type === "null" && isScalar(first)) {
    return { ...first, type: [...[first.type ?? []].flat(), "null"] };
  }
  return all.every(isTagged) ? { oneOf: all } : { anyOf: all };
}

function alternatives(schema: WireSchema): WireSchema[] {
  return schema.description === undefined ? (schema.anyOf ?? schema.oneOf ?? [schema]) : [schema];
}

function isPlainText(schema: WireSchema): boolean {
  return schema.type === "string" && schema.enum !== undefined;
}

function isScalar(schema: WireSchema): boolean {
  return schema.type !== undefined && schema.properties === undefined && schema.enum === undefined;
}

function isTagged(schema: WireSchema): boolean {
  return Object.values(schema.properties ?? {}).some((property) => property.enum?.length === 1);
}
