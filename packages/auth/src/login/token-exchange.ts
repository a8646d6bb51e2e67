/** Turns what the browser brought into a login: code to tokens, and tokens to a key of the platform. */

import { LoginError } from "./errors.js";
import type { Fetch } from "../session/refresh-request.js";
import { makeTokens, type ChatgptTokens, type StoredLogin } from "../stored/stored-login.js";

/** Who exchanges, and where. */
export interface Exchange {
  readonly issuer: string;
  readonly clientId: string;
  readonly fetch: Fetch;
}

const TIMEOUT_MS = 30_000;

/**
 * Exchanges an authorization code.
 * @throws LoginError
 */
export async function exchangeCode(
  exchange: Exchange,
  code: string,
  redirectUri: string,
  verifier: string,
): Promise<ChatgptTokens> {
  const answer = await post(exchange, {
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri,
    client_id: exchange.clientId,
    code_verifier: verifier,
  });
  const field = (name: string): string => {
    const value = answer[name];
    if (typeof value !== "string" || value === "") {
      throw new LoginError(`the token endpoint's answer has no ${name}`);
    }
    return value;
  };
  const tokens = {
    idToken: field("id_token"),
    accessToken: field("access_token"),
    refreshToken: field("refresh_token"),
  };
  try {
    return makeTokens(tokens);
  } catch (error) {
    throw new LoginError(error instanceof Error ? error.message : String(error), error);
  }
}

/** A key of the platform for this login; null when the account has none, which is common and no fault. */
export async function exchangeForApiKey(exchange: Exchange, idToken: string): Promise<string | null> {
  try {
    const answer = await post(exchange, {
      grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      client_id: exchange.clientId,
      requested_token: "openai-api-key",
      subject_token: idToken,
      subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
    });
    const key = answer["access_token"];
    return typeof key === "string" && key !== "" ? key : null;
  } catch (error) {
    if (error instanceof LoginError) {
      return null;
    }
    throw error;
  }
}

/**
 * Refuses a login to another workspace than the only one allowed.
 * @throws LoginError
 */
export function checkWorkspace(tokens: ChatgptTokens, workspaceId: string | null): void {
  if (workspaceId === null) {
    return;
  }
  if (tokens.claims.accountId === null) {
    throw new LoginError(
      "Login is restricted to a specific workspace, but the token did not include an chatgpt_account_id claim.",
    );
  }
  if (tokens.claims.accountId !== workspaceId) {
    throw new LoginError(`Login is restricted to workspace id ${workspaceId}.`);
  }
}

/** The login to keep. */
export function newLogin(tokens: ChatgptTokens, apiKey: string | null, now: Date): StoredLogin {
  return { mode: "chatgpt", tokens, lastRefresh: now, apiKey, others: {} };
}

async function post({ issuer, fetch }: Exchange, form: Record<string, string>): Promise<Record<string, unknown>> {
  let response: Response;
  let body: string;
  try {
    response = await fetch(`${issuer}/oauth/token`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(form).toString(),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    body = await response.text();
  } catch (error) {
    throw new LoginError(`cannot reach ${issuer}: ${error instanceof Error ? error.message : String(error)}`, error);
  }
  if (!response.ok) {
    throw new LoginError(`token endpoint returned status ${response.status} ${response.statusText}`.trimEnd());
  }
  return parseAnswer(body);
}

function parseAnswer(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === "object" && value !== null) {
      return { ...value };
    }
  } catch {
    // Said below, in one way for all that is no object.
  }
  throw new LoginError("the token endpoint's answer is not a JSON object");
}
