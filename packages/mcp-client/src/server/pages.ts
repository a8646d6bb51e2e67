/** Lists that come in pages, and the entries that are usable in them. */

import type { McpResource, McpResourceTemplate, McpTool } from "@codex-ts/protocol";
import { isObject, type JsonObject } from "../rpc/messages.js";

/** A page of a list. */
export interface Page<T> {
  entries: T[];
  /** null: it is the last one. */
  nextCursor: string | null;
}

/** No list is longer: a server that never ends is stopped here. */
const MAX_PAGES = 1_000;

/** A server sends us in circles. */
export class EndlessListError extends Error {
  override readonly name = "EndlessListError";
}

/** All pages. @throws {EndlessListError} when a cursor comes again; and what `read` throws */
export async function allPages<T>(read: (cursor: string | null) => Promise<Page<T>>): Promise<T[]> {
  const entries: T[] = [];
  const seen = new Set<string>();
  let cursor: string | null = null;
  do {
    const page: Page<T> = await read(cursor);
    entries.push(...page.entries);
    cursor = page.nextCursor;
    if (cursor !== null && (seen.has(cursor) || seen.size === MAX_PAGES)) {
      throw new EndlessListError(`the list never ends: cursor '${cursor}' came again`);
    }
    if (cursor !== null) seen.add(cursor);
  } while (cursor !== null);
  return entries;
}

/** The entries under `key` that `read` can use, and the way to the next page. */
export function pageOf<T>(result: JsonObject, key: string, read: (entry: JsonObject) => T | null): Page<T> {
  const list = result[key];
  const entries = (Array.isArray(list) ? list : []).flatMap((entry: unknown) => {
    const value = isObject(entry) ? read(entry) : null;
    return value === null ? [] : [value];
  });
  const { nextCursor } = result;
  return { entries, nextCursor: typeof nextCursor === "string" ? nextCursor : null };
}

/** A tool; null: without a name or a schema it cannot be called. */
export function readTool(entry: JsonObject): McpTool | null {
  const { name, inputSchema, outputSchema } = entry;
  if (typeof name !== "string" || !isObject(inputSchema)) return null;
  return {
    name,
    ...texts(entry, "title", "description"),
    inputSchema,
    ...(isObject(outputSchema) ? { outputSchema } : {}),
    ...annotations(entry),
  };
}

/** A resource; null: it has no address. */
export function readResource(entry: JsonObject): McpResource | null {
  const { name, uri, size } = entry;
  if (typeof uri !== "string") return null;
  return {
    ...annotations(entry),
    ...texts(entry, "description", "mimeType"),
    name: typeof name === "string" ? name : uri,
    ...(typeof size === "number" ? { size } : {}),
    ...texts(entry, "title"),
    uri,
  };
}

/** A template; null: it has no address. */
export function readTemplate(entry: JsonObject): McpResourceTemplate | null {
  const { name, uriTemplate } = entry;
  if (typeof uriTemplate !== "string") return null;
  return {
    ...annotations(entry),
    ...texts(entry, "description", "mimeType"),
    name: typeof name === "string" ? name : uriTemplate,
    ...texts(entry, "title"),
    uriTemplate,
  };
}

// helpers

function texts<K extends string>(entry: JsonObject, ...keys: K[]): { [Key in K]?: string } {
  const found: { [Key in K]?: string } = {};
  for (const key of keys) {
    const value = entry[key];
    if (typeof value === "string") found[key] = value;
  }
  return found;
}

function annotations({ annotations: value }: JsonObject): { annotations?: JsonObject } {
  return isObject(value) ? { annotations: value } : {};
}
