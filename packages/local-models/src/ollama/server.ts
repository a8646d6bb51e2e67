/** What an Ollama server says of itself. */

import { getJson, isObject, namesIn, type Connection } from "../http.js";

/** The server's own address: the base URL without the `/v1` of its OpenAI-compatible part. */
export function ollamaRoot(baseUrl: string): string {
  return baseUrl.replace(/\/+$/, "").replace(/\/v1$/, "");
}

/** A URL that answers when the server runs. */
export function ollamaProbeUrl(baseUrl: string): string {
  const base = baseUrl.replace(/\/+$/, "");
  return base.endsWith("/v1") ? `${base}/models` : `${base}/api/tags`;
}

/** The server's version; null when it does not tell, or not in a form that is known. */
export async function ollamaVersion(connection: Connection, baseUrl: string): Promise<string | null> {
  let reply: unknown;
  try {
    reply = await getJson(connection, `${ollamaRoot(baseUrl)}/api/version`);
  } catch {
    connection.signal.throwIfAborted();
    return null;
  }
  const version = isObject(reply) ? reply["version"] : null;
  const match = typeof version === "string" ? /^v?(\d+\.\d+\.\d+)/.exec(version.trim()) : null;
  return match?.[1] ?? null;
}

/** The first version with the Responses API. */
export const OLDEST_WITH_RESPONSES = "0.13.4";

/** Whether a version has the Responses API. `0.0.0` is a build of somebody's own, taken to be new. */
export function speaksResponses(version: string): boolean {
  return version === "0.0.0" || compareVersions(version, OLDEST_WITH_RESPONSES) >= 0;
}

/** @returns negative, zero or positive, as `a` is older than, the same as or newer than `b` */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  const differs = left?.findIndex((part, index) => part !== right?.[index]) ?? -1;
  return differs === -1 ? 0 : (left?.[differs] ?? 0) - (right?.[differs] ?? 0);
}

/**
 * The models that are there; null when the server's answer is not a list.
 * @throws what fetch throws when the server does not answer
 */
export async function ollamaModels(connection: Connection, baseUrl: string): Promise<string[] | null> {
  return namesIn(await getJson(connection, `${ollamaRoot(baseUrl)}/api/tags`), "models", "name");
}
