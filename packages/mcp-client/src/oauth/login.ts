/** Logs in at a server through the browser: registration, PKCE, a callback on this machine, and the code's exchange. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { listenForCallback, newLoginSecrets, type CallbackServer, type LoginSecrets } from "@codex-ts/auth";
import { isObject } from "../rpc/messages.js";
import type { Fetch } from "../transport/http.js";
import type { CredentialStore } from "./credential-store.js";
import { discoverAuthorization, type AuthorizationServer } from "./discovery.js";
import { McpLoginError, requestTokens } from "./token-request.js";

/** What a login needs. */
export interface McpLoginOptions {
  server: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  scopes: readonly string[];
  /** null: any free port. */
  callbackPort: number | null;
  /** Milliseconds until it is given up; five minutes unless said otherwise. */
  timeoutMs?: number;
  store: CredentialStore;
  fetch: Fetch;
  now: () => number;
}

/** A login that waits for a person. */
export interface McpLogin {
  authorizationUrl: string;
  /** Settles when the login is kept. Rejects with {@link McpLoginError}. */
  done: Promise<void>;
  /** Ends the attempt; `done` rejects. */
  cancel(): void;
}

const TIMEOUT_MS = 300_000;
const REGISTRATION_MS = 30_000;
const CALLBACK_PATH = "/callback";

/** Starts a login; opening the browser is the caller's part. @throws {McpLoginError} when there is nothing to log in at */
export async function startMcpLogin(options: McpLoginOptions): Promise<McpLogin> {
  const found = await discoverAuthorization(options.url, options);
  if (found === null) throw new McpLoginError("No authorization support detected");
  const callback = await listenForCallback(options.callbackPort ?? 0);
  try {
    const redirectUri = `http://127.0.0.1:${callback.port}${CALLBACK_PATH}`;
    const clientId = await register(found, redirectUri, options.fetch);
    const secrets = await newLoginSecrets();
    const code = waitForCode(callback, secrets.state, options.timeoutMs ?? TIMEOUT_MS);
    const done = code.promise
      .then((value) => keep(value, { found, redirectUri, clientId, secrets }, options))
      .finally(() => callback.close());
    // Whoever started the login may look at `done` later, or cancel and never look.
    done.catch(() => undefined);
    return {
      authorizationUrl: authorizationUrl(found, { clientId, redirectUri, secrets, scopes: options.scopes }),
      done,
      cancel: () => code.reject(new McpLoginError("the login was cancelled")),
    };
  } catch (error) {
    callback.close();
    throw error;
  }
}

// helpers

interface Attempt {
  found: AuthorizationServer;
  redirectUri: string;
  clientId: string;
  secrets: LoginSecrets;
}

async function register(found: AuthorizationServer, redirectUri: string, fetch: Fetch): Promise<string> {
  if (found.registrationEndpoint === null) throw new McpLoginError("Dynamic registration not supported");
  const client = {
    client_name: "Codex",
    redirect_uris: [redirectUri],
    grant_types: ["authorization_code", "refresh_token"],
    token_endpoint_auth_method: "none",
    response_types: ["code"],
  };
  const headers = { "content-type": "application/json" };
  const signal = AbortSignal.timeout(REGISTRATION_MS);
  const response = await fetch(found.registrationEndpoint, {
    method: "POST",
    headers,
    body: JSON.stringify(client),
    signal,
  });
  const text = await response.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null; // told below
  }
  const clientId = isObject(value) ? value["client_id"] : undefined;
  if (!response.ok || typeof clientId !== "string") {
    throw new McpLoginError(`Registration failed: the server answered with status ${response.status}`);
  }
  return clientId;
}

function authorizationUrl(
  { authorizationEndpoint }: AuthorizationServer,
  { clientId, redirectUri, secrets, scopes }: Omit<Attempt, "found"> & { scopes: readonly string[] },
): string {
  const url = new URL(authorizationEndpoint);
  const parameters = {
    response_type: "code",
    client_id: clientId,
    state: secrets.state,
    code_challenge: secrets.challenge,
    code_challenge_method: "S256",
    redirect_uri: redirectUri,
    scope: scopes.join(" "),
  };
  for (const [name, value] of Object.entries(parameters)) if (value !== "") url.searchParams.append(name, value);
  return url.href;
}

function waitForCode(callback: CallbackServer, state: string, timeoutMs: number): PromiseWithResolvers<string> {
  const code = Promise.withResolvers<string>();
  const timer = setTimeout(() => code.reject(new McpLoginError("timed out waiting for OAuth callback")), timeoutMs);
  callback.onRequest((request, response, url) => answer(request, response, url, state, code));
  // Whoever waits for the code is told; here only the clock stops.
  void code.promise.catch(() => undefined).finally(() => clearTimeout(timer));
  return code;
}

function answer(
  _request: IncomingMessage,
  response: ServerResponse,
  { pathname, searchParams }: URL,
  state: string,
  code: PromiseWithResolvers<string>,
): void {
  const reply = (status: number, text: string): void => {
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8", connection: "close" }).end(text);
  };
  const [value, returned, refusal] = [searchParams.get("code"), searchParams.get("state"), searchParams.get("error")];
  if (pathname !== CALLBACK_PATH || returned !== state || (value === null && refusal === null)) {
    reply(400, "Invalid OAuth callback");
    return;
  }
  if (value === null) {
    reply(400, "The login was refused. You may close this window.");
    const why = searchParams.get("error_description");
    code.reject(new McpLoginError(`the server refused the login: ${refusal}${why === null ? "" : `: ${why}`}`));
    return;
  }
  reply(200, "Authentication complete. You may close this window.");
  code.resolve(value);
}

async function keep(code: string, attempt: Attempt, options: McpLoginOptions): Promise<void> {
  const { found, redirectUri, clientId, secrets } = attempt;
  const form = {
    grant_type: "authorization_code",
    code,
    code_verifier: secrets.verifier,
    client_id: clientId,
    redirect_uri: redirectUri,
  };
  const answered = await requestTokens(found.tokenEndpoint, form, options.fetch);
  await options.store.save({
    serverName: options.server,
    url: options.url,
    clientId,
    accessToken: answered.accessToken,
    refreshToken: answered.refreshToken,
    expiresAt: answered.expiresIn === null ? null : options.now() + answered.expiresIn * 1_000,
    scopes: answered.scopes ?? options.scopes,
  });
}
