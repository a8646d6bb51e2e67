/** JSON Schemas as `app-server generate-json-schema` writes them: one file per type in `.`, `v1/`, `v2/`, `newer/`, and a bundle. Pure. */

import type { WireSchema } from "@codex-ts/protocol";
import { clientRequests, serverNotifications, serverRequests } from "../generated/methods.js";
import type { MethodEntry } from "../method-entry.js";
import { type PublishedTypes, publishedTypes } from "./published-types.js";

/** A JSON value of a schema file. */
type Json = boolean | number | string | null | Json[] | { [key: string]: Json };

const draft = "http://json-schema.org/draft-07/schema#";

/** The file that holds all types. */
export const bundleFile = "codex_app_server_protocol.schemas.json";

/** Types that get a file besides the parameters and results of the methods. */
const messageTypes = [
  "RequestId",
  "JSONRPCError",
  "JSONRPCErrorError",
  "JSONRPCMessage",
  "JSONRPCNotification",
  "JSONRPCRequest",
  "JSONRPCResponse",
  "ClientRequest",
  "ClientNotification",
  "ServerRequest",
  "ServerNotification",
  "EventMsg",
  "newer.ClientRequest",
  "newer.ServerRequest",
  "newer.ServerNotification",
];

/** @returns texts by path from the output folder */
export function jsonSchemaFiles(): Map<string, string> {
  const types = publishedTypes();
  const files = new Map<string, string>();
  for (const [path, name] of filePaths()) files.set(path, print(standalone(name, types)));
  files.set(bundleFile, print(bundle(types)));
  return files;
}

/** @returns the types that have a file of their own, by path */
export function filePaths(): Map<string, string> {
  const paths = new Map<string, string>();
  const add = (folder: string, name: string | null | undefined) => {
    if (typeof name === "string") paths.set(`${folder}${baseName(name)}.json`, name);
  };
  for (const name of messageTypes) add(name.startsWith("newer.") ? "newer/" : "", name);
  for (const [method, entry] of Object.entries<MethodEntry>(clientRequests)) {
    const folder = method === "initialize" ? "v1/" : folderOf(entry);
    add(folder, entry.params);
    add(folder, entry.result);
  }
  for (const entry of Object.values<MethodEntry>(serverRequests)) {
    const folder = entry.since === undefined ? "" : "newer/";
    add(folder, entry.params);
    add(folder, entry.result);
  }
  for (const entry of Object.values<MethodEntry>(serverNotifications)) add(folderOf(entry), entry.params);
  return new Map([...paths].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function folderOf(entry: MethodEntry): string {
  if (entry.since !== undefined) return "newer/";
  return entry.api === "shared" ? "" : `${entry.api}/`;
}

function baseName(name: string): string {
  return name.replace(/^(v2|newer)\./, "");
}

/** A type with all that it refers to under `definitions`; a second type of the same name gets a 2 behind it. */
function standalone(name: string, types: PublishedTypes): Json {
  const localNames = new Map<string, string>();
  const definitions: Record<string, Json> = {};
  const refer = (reference: string): string => {
    const target = resolved(reference, types);
    const known = localNames.get(target);
    if (known !== undefined) return `#/definitions/${known}`;
    const taken = new Set(localNames.values());
    const local = taken.has(baseName(target)) ? `${baseName(target)}2` : baseName(target);
    localNames.set(target, local);
    definitions[local] = schemaJson(typeOf(target, types), refer);
    return `#/definitions/${local}`;
  };
  const root = schemaJson(typeOf(name, types), refer);
  return {
    $schema: draft,
    ...(typeof root === "object" ? root : {}),
    ...(localNames.size > 0 ? { definitions: sorted(definitions) } : {}),
  };
}

/**
 * Types of v2 files, and what they refer to, stand in `definitions.v2`, also those of core, as v2's own files repeat them.
 * All others stand in `definitions`, also the parameters of the server's requests, whose files are not in `v2/`.
 */
function bundle(types: PublishedTypes): Json {
  const folders = { "": definitionSet(), newer: definitionSet(), v2: definitionSet() };
  const folderFor = (name: string, from: Folder): Folder => {
    const own = folderOfName(name);
    if (own !== "v2") return own === "" && from === "v2" ? "v2" : own;
    return from === "" && !(baseName(name) in folders.v2) ? "" : "v2";
  };
  const add = (reference: string, from: Folder): string => {
    const name = resolved(reference, types);
    const folder = folderFor(name, from);
    const base = baseName(name);
    if (!(base in folders[folder])) {
      // the name is taken before its members are looked at: types may contain themselves
      folders[folder][base] = true;
      folders[folder][base] = schemaJson(typeOf(name, types), (other) => add(other, folder));
    }
    return `#/definitions/${folder === "" ? "" : `${folder}/`}${base}`;
  };
  const paths = [...filePaths()].sort(
    ([left], [right]) => Number(right.startsWith("v2/")) - Number(left.startsWith("v2/")),
  );
  for (const [path, name] of paths) add(name, folderOfName(path.replace("/", ".")));
  const definitions = { ...sorted(folders[""]), newer: sorted(folders.newer), v2: sorted(folders.v2) };
  return { $schema: draft, type: "object", definitions };
}

type Folder = "" | "newer" | "v2";

function definitionSet(): Record<string, Json> {
  return {};
}

function folderOfName(name: string): Folder {
  const folder = name.split(".")[0];
  return folder === "v2" || folder === "newer" ? folder : "";
}

/** Names that only stand for another type are not worth a definition of their own. */
function resolved(name: string, types: PublishedTypes): string {
  const reference = types.get(name)?.$ref;
  return reference === undefined ? name : resolved(reference, types);
}

function typeOf(name: string, types: PublishedTypes): WireSchema {
  const found = types.get(name);
  if (found === undefined) throw new Error(`there is no wire type ${name}`);
  return found;
}

/** @returns the schema without our own members */
function schemaJson(schema: WireSchema, refer: (name: string) => string): Json {
  const { $ref, description, default: initial, enum: texts, type, format, minimum, required } = schema;
  const about: { [key: string]: Json } = {
    ...(description === undefined ? {} : { description }),
    ...(initial === undefined ? {} : { default: initial as Json }),
  };
  if ($ref !== undefined) return withSiblings({ $ref: refer($ref) }, about);
  const inner = (other: WireSchema) => schemaJson(other, refer);
  const result: Json = {
    ...about,
    ...(type === undefined ? {} : { type }),
    ...(format === undefined ? {} : { format }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(texts === undefined ? {} : { enum: texts }),
    ...(schema.items === undefined ? {} : { items: inner(schema.items) }),
    ...(required === undefined ? {} : { required: [...required].sort() }),
    ...(schema.properties === undefined ? {} : { properties: sorted(mapValues(schema.properties, inner)) }),
    ...additional(schema, inner),
    ...(schema.oneOf === undefined ? {} : { oneOf: schema.oneOf.map(inner) }),
    ...(schema.anyOf === undefined ? {} : { anyOf: schema.anyOf.map(inner) }),
  };
  return Object.keys(result).length === 0 ? true : result;
}

/** Draft 7 ignores what stands beside a `$ref`. */
function withSiblings(reference: { $ref: string }, about: { [key: string]: Json }): Json {
  return Object.keys(about).length === 0 ? reference : { ...about, allOf: [reference] };
}

function additional(schema: WireSchema, inner: (other: WireSchema) => Json): { [key: string]: Json } {
  const rest = schema.additionalProperties;
  if (rest === undefined) return {};
  return { additionalProperties: typeof rest === "boolean" ? rest : inner(rest) };
}

function mapValues<From, To>(record: Record<string, From>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function sorted<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function print(value: Json): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
