/** Asks the issuer for new tokens. */

import { CLIENT_ID } from "../login/issuer.js";
import { RefreshError } from "./errors.js";

/** How requests are made; the global fetch unless a test or a proxy says otherwise. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Tokens that replace the stored ones; absent ones stay. */
export interface RefreshedTokens {
  readonly idToken?: string;
  readonly accessToken?: string;
  readonly refreshToken?: string;
}

/** Where and how to ask. */
export interface RefreshRequest {
  readonly url: string;
  readonly refreshToken: string;
  readonly fetch: Fetch;
  /** `originator` and `user-agent`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The issuer's address for refreshing, unless CODEX_REFRESH_TOKEN_URL_OVERRIDE names another. */
export const REFRESH_URL = "https://auth.openai.com/oauth/token";

const TIMEOUT_MS = 30_000;

/**
 * One request.
 * @throws RefreshError
 */
export async function requestRefresh(request: RefreshRequest): Promise<RefreshedTokens> {
  const response = await post(request);
  const body = await response.text();
  if (!response.ok) {
    throw response.status === 401 ? refused(body) : failed(response, body);
  }
  const tokens = parseObject(body);
  if (tokens === null) {
    throw new RefreshError("Failed to refresh token: the answer is not JSON", false);
  }
  return {
    ...given("idToken", tokens["id_token"]),
    ...given("accessToken", tokens["access_token"]),
    ...given("refreshToken", tokens["refresh_token"]),
  };
}

async function post({ url, refreshToken, fetch, headers }: RefreshRequest): Promise<Response> {
  try {
    return await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({
        client_id: CLIENT_ID,
        grant_type: "refresh_token",
        refresh_token: refreshToken,
        scope: "openid profile email",
      }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RefreshError(`Failed to refresh token: ${reason}`, false, error);
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["refresh_token_expired", " because your refresh token has expired"],
  ["refresh_token_reused", " because your refresh token was already used"],
  ["refresh_token_invalidated", " because your refresh token was revoked"],
]);

/** The issuer will not renew this login again. */
function refused(body: string): RefreshError {
  const reason = REASONS.get(errorCode(body)) ?? "";
  return new RefreshError(`Your access token could not be refreshed${reason}. Please log out and sign in again.`, true);
}

function failed(response: Response, body: string): RefreshError {
  const error = parseObject(body)?.["error"];
  const message = typeof error === "object" && error !== null && "message" in error ? String(error.message) : body;
  return new RefreshError(`Failed to refresh token: ${response.status} ${response.statusText}: ${message}`, false);
}

function errorCode(body: string): string {
  const parsed = parseObject(body);
  const error = parsed?.["error"];
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : error;
  return String(typeof code === "string" ? code : (parsed?.["code"] ?? "")).toLowerCase();
}

function given<K extends string>(name: K, value: unknown): { [P in K]?: string } {
  const result: { [P in K]?: string } = {};
  if (typeof value === "string" && value !== "") {
    result[name] = value;
  }
  return result;
}

function parseObject(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    // Error pages are often HTML.
    return null;
  }
}
