/** A stored login as requests use it: read once, renewed in time, never renewed twice at once. */

import { withFileLock } from "@codex-ts/config";
import type { Authorization, Fetch } from "../transport/http.js";
import type { Log } from "../transport/transport.js";
import type { CredentialStore } from "./credential-store.js";
import type { McpCredentials } from "./credentials.js";
import { discoverAuthorization } from "./discovery.js";
import { requestTokens } from "./token-request.js";

/** What a stored login needs. */
export interface StoredLoginOptions {
  server: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  store: CredentialStore;
  fetch: Fetch;
  now: () => number;
  log: Log;
}

/** A token is renewed so long before it ends. */
const EARLY_MS = 30_000;

/** How long another process may take to renew. */
const LOCK_TIMEOUT_MS = 45_000;

/** The login at one server; without one it has no headers. */
export class StoredLogin implements Authorization {
  readonly #options: StoredLoginOptions;
  #loaded: Promise<McpCredentials | null> | null = null;
  #renewing: Promise<McpCredentials | null> | null = null;

  constructor(options: StoredLoginOptions) {
    this.#options = options;
  }

  async headers(): Promise<Readonly<Record<string, string>>> {
    this.#loaded ??= this.#load();
    let credentials = await this.#loaded;
    if (credentials !== null && this.#endsSoon(credentials))
      credentials = (await this.#renew(credentials)) ?? credentials;
    return credentials === null ? {} : headersOf(credentials);
  }

  async renew(refused: Readonly<Record<string, string>>): Promise<boolean> {
    const current = await (this.#loaded ??= this.#load());
    if (current === null) return false;
    // Another request was refused before, and the login has been renewed since.
    if (headersOf(current).authorization !== refused["authorization"]) return true;
    const renewed = await this.#renew(current);
    return renewed !== null && renewed.accessToken !== current.accessToken;
  }

  #endsSoon({ expiresAt }: McpCredentials): boolean {
    return expiresAt !== null && this.#options.now() + EARLY_MS >= expiresAt;
  }

  async #load(): Promise<McpCredentials | null> {
    const { store, server, url, log } = this.#options;
    try {
      return await store.load(server, url);
    } catch (error) {
      log("warn", `the stored login cannot be read: ${String(error)}`);
      return null;
    }
  }

  /** @returns null when it did not work */
  #renew(current: McpCredentials): Promise<McpCredentials | null> {
    this.#renewing ??= this.#renewOnce(current).finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  /** A refresh token often works once: it is sent under a lock, after a look whether another process was first. */
  async #renewOnce(current: McpCredentials): Promise<McpCredentials | null> {
    const { store, log } = this.#options;
    try {
      const renewed = await withFileLock(`${store.file}.renewal`, () => this.#renewLocked(current), {
        timeoutMs: LOCK_TIMEOUT_MS,
      });
      if (renewed !== null) this.#loaded = Promise.resolve(renewed);
      return renewed;
    } catch (error) {
      log("warn", `the login could not be renewed: ${String(error)}`);
      return null;
    }
  }

  async #renewLocked(current: McpCredentials): Promise<McpCredentials | null> {
    const { store, server, url, headers, fetch, now } = this.#options;
    const stored = await this.#load();
    if (stored !== null && stored.accessToken !== current.accessToken) return stored;
    const { refreshToken, clientId } = current;
    if (refreshToken === null) return null;
    const found = await discoverAuthorization(url, { fetch, headers });
    if (found === null) return null;
    const form = { grant_type: "refresh_token", refresh_token: refreshToken, client_id: clientId };
    const answer = await requestTokens(found.tokenEndpoint, form, fetch);
    const renewed: McpCredentials = {
      ...current,
      serverName: server,
      accessToken: answer.accessToken,
      refreshToken: answer.refreshToken ?? refreshToken,
      expiresAt: answer.expiresIn === null ? null : now() + answer.expiresIn * 1_000,
      scopes: answer.scopes ?? current.scopes,
    };
    // Logged out meanwhile: then nothing is kept.
    if (stored !== null) await store.save(renewed);
    return renewed;
  }
}

function headersOf({ accessToken }: McpCredentials): { authorization: string } {
  return { authorization: `Bearer ${accessToken}` };
}
