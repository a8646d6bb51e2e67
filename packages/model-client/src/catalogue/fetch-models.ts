/** Asks a provider for its list of models. */

import { authHeaders, identityHeaders, providerHeaders } from "../http/headers.js";
import type { Transport } from "../http/transport.js";
import { endpointUrl } from "../http/url.js";
import { parseRecord } from "../json.js";

/** A list is not worth waiting longer for. */
const TIMEOUT_MS = 5000;

/** A server's list, unread. */
export interface FetchedModels {
  etag: string | null;
  models: readonly unknown[];
}

/** What asking needs. */
export type ModelsTransport = Pick<Transport, "provider" | "credentials" | "identity" | "env" | "fetch">;

/**
 * @param clientVersion the version by which the server chooses what to offer
 * @throws when there is no answer in five seconds, or not a list
 */
export async function fetchModels(transport: ModelsTransport, clientVersion: string): Promise<FetchedModels> {
  const { provider, env, identity } = transport;
  const credentials = await transport.credentials();
  const url = new URL(endpointUrl(provider, credentials, "/models"));
  url.searchParams.set("client_version", clientVersion);
  const response = await transport.fetch(url.href, {
    headers: {
      ...identityHeaders(identity),
      accept: "*/*",
      ...providerHeaders(provider, env),
      ...authHeaders(provider, credentials, env),
    },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`unexpected status ${response.status} from ${url.href}`);
  const models = parseRecord(text)?.["models"];
  if (!Array.isArray(models)) throw new Error(`${url.href} did not answer with a list of models`);
  return { etag: response.headers.get("etag"), models };
}
