/** Whether servers know who we are. */

import type { McpServerConfig } from "@codex-ts/config";
import type { McpAuthStatus } from "@codex-ts/protocol";
import { configuredHeaders } from "../transport/http-headers.js";
import type { Fetch } from "../transport/http.js";
import type { Environment } from "../transport/server-environment.js";
import type { CredentialStore } from "./credential-store.js";
import { discoverAuthorization } from "./discovery.js";

/** What finding out needs. */
export interface AuthStatusOptions {
  store: CredentialStore;
  env: Environment;
  fetch: Fetch;
}

/** The status of one server; a server that cannot be asked is one without logins. */
export async function authStatus(
  name: string,
  { transport }: McpServerConfig,
  { store, env, fetch }: AuthStatusOptions,
): Promise<McpAuthStatus> {
  if (transport.type === "stdio") return "unsupported";
  if (transport.bearerTokenEnvVar !== null) return "bearer_token";
  try {
    if ((await store.load(name, transport.url)) !== null) return "o_auth";
    const headers = configuredHeaders(transport, env, () => undefined);
    return (await discoverAuthorization(transport.url, { fetch, headers })) === null ? "unsupported" : "not_logged_in";
  } catch {
    // No keyring, or an address that is none.
    return "unsupported";
  }
}
