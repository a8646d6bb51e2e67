/** Finds out whether and where one logs in at a server (RFC 8414, at the places where MCP servers have it). */

import { isObject } from "../rpc/messages.js";
import type { Fetch } from "../transport/http.js";

/** Where to log in. */
export interface AuthorizationServer {
  authorizationEndpoint: string;
  tokenEndpoint: string;
  /** null: clients cannot register themselves. */
  registrationEndpoint: string | null;
}

/** What discovery needs. */
export interface DiscoveryOptions {
  fetch: Fetch;
  /** The server's configured headers: they are sent here, too. */
  headers: Readonly<Record<string, string>>;
}

const TIMEOUT_MS = 5_000;

/** The version whose metadata is asked for. */
const METADATA_VERSION = "2024-11-05";

/** @returns null when the server says nothing about logins. @throws {TypeError} for an address that is none */
export async function discoverAuthorization(
  url: string,
  options: DiscoveryOptions,
): Promise<AuthorizationServer | null> {
  for (const place of metadataPlaces(new URL(url))) {
    const found = await readMetadata(place, options);
    if (found !== null) return found;
  }
  return null;
}

/** The addresses to look at, in order. */
export function metadataPlaces({ origin, pathname }: URL): string[] {
  const path = pathname.replace(/^\/+|\/+$/g, "");
  const root = `${origin}/.well-known/oauth-authorization-server`;
  return path === "" ? [root] : [`${root}/${path}`, `${origin}/${path}/.well-known/oauth-authorization-server`, root];
}

async function readMetadata(place: string, { fetch, headers }: DiscoveryOptions): Promise<AuthorizationServer | null> {
  let value: unknown;
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(place, { headers: { ...headers, "MCP-Protocol-Version": METADATA_VERSION }, signal });
    if (response.status !== 200) {
      await response.body?.cancel();
      return null;
    }
    value = await response.json();
  } catch {
    // Unreachable, too slow, or no JSON: nothing to log in at.
    return null;
  }
  if (!isObject(value)) return null;
  const { authorization_endpoint: authorization, token_endpoint: token, registration_endpoint: registration } = value;
  if (typeof authorization !== "string" || typeof token !== "string") return null;
  return {
    authorizationEndpoint: authorization,
    tokenEndpoint: token,
    registrationEndpoint: typeof registration === "string" ? registration : null,
  };
}
