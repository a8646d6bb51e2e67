/** Logs in through the browser: a server on this machine waits for the issuer to send the person back. */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Fetch } from "../session/refresh-request.js";
import type { StoredLogin } from "../stored/stored-login.js";
import { readClaims } from "../stored/claims.js";
import { authorizeUrl } from "./authorize-url.js";
import { CLIENT_ID, DEFAULT_ISSUER } from "./issuer.js";
import { LoginError } from "./errors.js";
import { listenForCallback, type CallbackServer } from "./callback-server.js";
import { failurePage, successPage, successPath, type SuccessFacts } from "./pages.js";
import { newPkce, newState, type Pkce } from "./pkce.js";
import { checkWorkspace, exchangeCode, exchangeForApiKey, newLogin, type Exchange } from "./token-exchange.js";

/** What a browser login depends on. */
export interface BrowserLoginOptions {
  /** Keeps the login; see AuthManager.save. */
  readonly save: (login: StoredLogin) => Promise<void>;
  /** Told to the issuer. */
  readonly originator: string;
  /** `forced_chatgpt_workspace_id` */
  readonly workspaceId?: string | null;
  readonly issuer?: string;
  readonly clientId?: string;
  /** 0: any free port, which issuers other than a test's do not allow. */
  readonly port?: number;
  /** Milliseconds until the attempt is given up. */
  readonly timeoutMs?: number;
  readonly fetch?: Fetch;
  readonly now?: () => Date;
}

/** An attempt that waits for the person. */
export interface BrowserLogin {
  readonly authUrl: string;
  readonly port: number;
  /** Settles when the login is kept, or rejects with LoginError. */
  readonly done: Promise<void>;
  /**
   * Ends the attempt: nothing is kept any more, and `done` rejects.
   * @returns false when it is too late for that: the login is being kept and stands, or the attempt has ended
   */
  cancel(): boolean;
}

export const LOGIN_PORT = 1455;
const LOGIN_TIMEOUT_MS = 10 * 60_000;

/** How long the success page may take to be fetched after the login is kept. */
const SUCCESS_PAGE_MS = 5_000;

/**
 * Starts an attempt; opening the browser is the caller's part.
 * @throws LoginError when the port is not to be had
 */
export async function startBrowserLogin(options: BrowserLoginOptions): Promise<BrowserLogin> {
  const server = await listenForCallback(options.port ?? LOGIN_PORT);
  const redirectUri = `http://localhost:${server.port}/auth/callback`;
  const attempt = newAttempt(options, redirectUri);
  const done = settle(attempt, server, options.timeoutMs ?? LOGIN_TIMEOUT_MS);
  server.onRequest((request, response, url) => answer(attempt, request, response, url));
  const { issuer, clientId } = attempt.exchange;
  const { pkce, state } = attempt;
  const workspaceId = options.workspaceId ?? null;
  return {
    authUrl: authorizeUrl({ issuer, clientId, redirectUri, pkce, state, originator: options.originator, workspaceId }),
    port: server.port,
    done,
    cancel: () => giveUp(attempt, "Login cancelled"),
  };
}

// one attempt

interface Attempt {
  readonly options: BrowserLoginOptions;
  readonly exchange: Exchange;
  readonly redirectUri: string;
  readonly pkce: Pkce;
  readonly state: string;
  /** How far it is: from `keeping` on it cannot be given up. */
  phase: "waiting" | "keeping" | "kept" | "over";
  /** Set once the login is kept. */
  success: SuccessFacts | null;
  readonly outcome: Promise<void>;
  readonly succeed: () => void;
  readonly fail: (error: LoginError) => void;
}

function newAttempt(options: BrowserLoginOptions, redirectUri: string): Attempt {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return {
    options,
    exchange: {
      issuer: options.issuer ?? DEFAULT_ISSUER,
      clientId: options.clientId ?? CLIENT_ID,
      fetch: options.fetch ?? fetch,
    },
    redirectUri,
    pkce: newPkce(),
    state: newState(),
    phase: "waiting",
    success: null,
    outcome: promise,
    succeed: resolve,
    fail: reject,
  };
}

async function settle(attempt: Attempt, server: CallbackServer, timeoutMs: number): Promise<void> {
  const timer = setTimeout(() => giveUp(attempt, "Login timed out"), timeoutMs);
  try {
    await attempt.outcome;
  } finally {
    attempt.phase = "over";
    clearTimeout(timer);
    server.close();
  }
}

/**
 * Ends an attempt from outside. A login that is being kept is finished, one that is kept only loses its last page.
 * @returns whether it was given up
 */
function giveUp(attempt: Attempt, reason: string): boolean {
  switch (attempt.phase) {
    case "waiting":
      attempt.phase = "over";
      attempt.fail(new LoginError(reason));
      return true;
    case "kept":
      attempt.succeed();
      return false;
    case "keeping":
    case "over":
      return false;
  }
}

// the requests of the browser

function answer(attempt: Attempt, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> | void {
  switch (url.pathname) {
    case "/auth/callback":
      return callback(attempt, response, url.searchParams);
    case "/success":
      return success(attempt, response);
    case "/cancel":
      return cancel(attempt, request, response);
    default:
      return plain(response, 404, "Not Found");
  }
}

async function callback(attempt: Attempt, response: ServerResponse, query: URLSearchParams): Promise<void> {
  if (query.get("state") !== attempt.state) {
    return plain(response, 400, "State mismatch");
  }
  const refusal = query.get("error");
  if (refusal !== null && refusal !== "") {
    return refuse(attempt, response, new LoginError(`Login failed: ${query.get("error_description") || refusal}`));
  }
  const code = query.get("code") ?? "";
  if (code === "") {
    return plain(response, 400, "Missing authorization code");
  }
  await exchangeAndKeep(attempt, response, code);
}

async function exchangeAndKeep(attempt: Attempt, response: ServerResponse, code: string): Promise<void> {
  const { exchange, options } = attempt;
  let tokens: Awaited<ReturnType<typeof exchangeCode>>;
  try {
    tokens = await exchangeCode(exchange, code, attempt.redirectUri, attempt.pkce.verifier);
  } catch (error) {
    // The person can go back and try again: the attempt goes on.
    return plain(response, 500, `Token exchange failed: ${messageOf(error)}`);
  }
  try {
    checkWorkspace(tokens, options.workspaceId ?? null);
  } catch (error) {
    return refuse(attempt, response, error instanceof LoginError ? error : new LoginError(messageOf(error), error));
  }
  const apiKey = await exchangeForApiKey(exchange, tokens.idToken);
  if (attempt.phase !== "waiting") {
    // Given up meanwhile: whoever did so must not find this login in place of another.
    return plain(response, 400, "Login is over");
  }
  attempt.phase = "keeping";
  try {
    await options.save(newLogin(tokens, apiKey, options.now?.() ?? new Date()));
  } catch (error) {
    const message = `Unable to persist auth file: ${messageOf(error)}`;
    plain(response, 500, message);
    return attempt.fail(new LoginError(message, error));
  }
  attempt.phase = "kept";
  attempt.success = successFacts(exchange.issuer, tokens.idToken, tokens.accessToken);
  response.writeHead(302, { location: successPath(attempt.success), connection: "close" }).end();
  setTimeout(attempt.succeed, SUCCESS_PAGE_MS).unref();
}

/** The page that ends the attempt: there is none before the login is kept. */
function success(attempt: Attempt, response: ServerResponse): void {
  if (attempt.success === null) {
    return plain(response, 400, "Login is not complete");
  }
  response.once("close", attempt.succeed);
  html(response, 200, successPage(attempt.success));
}

/** Another login on this machine takes the port over. Web pages, which browsers mark as such, may not. */
function cancel(attempt: Attempt, request: IncomingMessage, response: ServerResponse): void {
  const { origin, "sec-fetch-site": site } = request.headers;
  if (origin !== undefined || (site !== undefined && site !== "none")) {
    return plain(response, 403, "Forbidden");
  }
  response.once("close", () => giveUp(attempt, "Login cancelled"));
  plain(response, 200, "Login cancelled");
}

function refuse(attempt: Attempt, response: ServerResponse, error: LoginError): void {
  response.once("close", () => attempt.fail(error));
  html(response, 200, failurePage(error.message));
}

function successFacts(issuer: string, idToken: string, accessToken: string): SuccessFacts {
  const claims = readClaims(idToken);
  return {
    needsSetup: !claims.completedOnboarding && claims.isOrgOwner,
    idToken,
    organizationId: claims.organizationId,
    projectId: claims.projectId,
    planType: planOf(accessToken),
    platformUrl: issuer === DEFAULT_ISSUER ? "https://platform.openai.com" : "https://platform.api.openai.org",
  };
}

/** The plan stands in the access token, which other issuers need not make a JWT. */
function planOf(accessToken: string): string | null {
  try {
    return readClaims(accessToken).planType;
  } catch {
    // Shown on a page only.
    return null;
  }
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", connection: "close" }).end(text);
}

function html(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8", connection: "close" }).end(text);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
