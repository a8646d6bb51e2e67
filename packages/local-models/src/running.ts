/** Finds out which local servers run. */

import type { ModelProviderInfo } from "@codex-ts/config";
import { answers, type Connection } from "./http.js";
import { ollamaProbeUrl } from "./ollama/server.js";
import { isLocalProvider, serverOf, type LocalServer } from "./providers.js";

/** A server on this machine answers in a moment. */
const PROBE_MS = 1000;

/** The servers that answer now, of those that the providers name; asked all at once. */
export async function runningServers(
  providers: Iterable<ModelProviderInfo>,
  connection: Connection,
): Promise<LocalServer[]> {
  const urls = new Map<LocalServer, string>();
  for (const { id, baseUrl } of providers) {
    if (!isLocalProvider(id) || baseUrl === null) continue;
    const server = serverOf(id);
    urls.set(server, server === "ollama" ? ollamaProbeUrl(baseUrl) : `${baseUrl.replace(/\/+$/, "")}/models`);
  }
  const found = await Promise.all(
    [...urls].map(async ([server, url]) => ((await answers(connection, url, PROBE_MS)) ? server : null)),
  );
  return found.filter((server) => server !== null);
}
