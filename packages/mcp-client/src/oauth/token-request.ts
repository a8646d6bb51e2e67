/** Asks a token endpoint for tokens: with a code after a login, with a refresh token later. */

import { isObject } from "../rpc/messages.js";
import type { Fetch } from "../transport/http.js";

/** What an endpoint gave. */
export interface TokenAnswer {
  accessToken: string;
  refreshToken: string | null;
  /** Seconds from now; null: not said. */
  expiresIn: number | null;
  /** null: not said. */
  scopes: string[] | null;
}

/** The login at an MCP server went wrong; the message says how. */
export class McpLoginError extends Error {
  override readonly name = "McpLoginError";
}

const TIMEOUT_MS = 30_000;

/** @throws {McpLoginError} */
export async function requestTokens(
  endpoint: string,
  form: Readonly<Record<string, string>>,
  fetch: Fetch,
): Promise<TokenAnswer> {
  let response: Response;
  let text: string;
  try {
    const headers = { "content-type": "application/x-www-form-urlencoded", accept: "application/json" };
    const body = new URLSearchParams(form).toString();
    response = await fetch(endpoint, { method: "POST", headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
    text = await response.text();
  } catch (error) {
    throw new McpLoginError(`the token endpoint cannot be reached: ${messageOf(error)}`, { cause: error });
  }
  const value = parse(text);
  const accessToken = value["access_token"];
  if (!response.ok || typeof accessToken !== "string") throw new McpLoginError(refusal(response.status, value));
  const { refresh_token: refreshToken, expires_in: expiresIn, scope } = value;
  return {
    accessToken,
    refreshToken: typeof refreshToken === "string" ? refreshToken : null,
    expiresIn: Number.isFinite(Number(expiresIn ?? Number.NaN)) ? Number(expiresIn) : null,
    scopes: typeof scope === "string" ? scope.split(" ").filter((each) => each !== "") : null,
  };
}

// helpers

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    // No JSON: the status says enough, and the text may hold secrets.
    return {};
  }
}

function refusal(status: number, { error, error_description: description }: Record<string, unknown>): string {
  const said = [error, description].filter((part) => typeof part === "string").join(": ");
  return `the token endpoint refused (status ${status})${said === "" ? "" : `: ${said}`}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
