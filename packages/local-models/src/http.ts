/** Small questions to a local server. */

/** As much of `fetch` as is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** How to reach a server. */
export interface Connection {
  fetch: Fetch;
  signal: AbortSignal;
}

/** A local server answers soon or not at all. */
const TIMEOUT_MS = 5000;

/**
 * Asks for JSON. Null when the answer is not 2xx or not JSON.
 * @throws what fetch throws when nobody answers in five seconds
 */
export async function getJson({ fetch, signal }: Connection, url: string, timeoutMs = TIMEOUT_MS): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) });
  if (!response.ok) {
    await response.body?.cancel();
    return null;
  }
  try {
    return (await response.json()) as unknown;
  } catch {
    // Something answers, but it is no model server.
    return null;
  }
}

/** Whether a server answers this URL with 2xx. Rejects only when the signal says so. */
export async function answers({ fetch, signal }: Connection, url: string, timeoutMs = TIMEOUT_MS): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

/** Texts under `key` of the objects in the list under `list`. */
export function namesIn(reply: unknown, list: string, key: string): string[] | null {
  const entries: unknown = isObject(reply) ? reply[list] : undefined;
  if (!Array.isArray(entries)) return null;
  return entries
    .map((entry: unknown) => (isObject(entry) ? entry[key] : undefined))
    .filter((name) => typeof name === "string");
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
