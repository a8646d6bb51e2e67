/** `models_cache.json`: the last list a server sent, so that not every start asks for it. */

import { parseRecord, stringMember } from "../json.js";

/** The file's content. */
export interface CachedModels {
  /** Milliseconds since 1970. */
  fetchedAt: number;
  etag: string | null;
  /** As the server sent them. */
  models: readonly unknown[];
}

/** @returns null when there is no file, or none that can be understood: it is only a cache */
export async function readModelsCache(path: string): Promise<CachedModels | null> {
  const { readFile } = await import("node:fs/promises");
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    // Missing or unreadable: the server is asked again.
    return null;
  }
  const content = parseRecord(text);
  const fetchedAt = Date.parse((content && stringMember(content, "fetched_at")) ?? "");
  const models = content?.["models"];
  if (content === null || Number.isNaN(fetchedAt) || !Array.isArray(models)) return null;
  return { fetchedAt, etag: stringMember(content, "etag"), models };
}

/** Replaces the file in one step. */
export async function writeModelsCache(path: string, cached: CachedModels): Promise<void> {
  const content = {
    fetched_at: new Date(cached.fetchedAt).toISOString(),
    ...(cached.etag === null ? {} : { etag: cached.etag }),
    models: cached.models,
  };
  const { rename, rm, writeFile } = await import("node:fs/promises");
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await writeFile(temporary, JSON.stringify(content, null, 2));
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
