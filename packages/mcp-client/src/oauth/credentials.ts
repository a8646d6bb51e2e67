/** The login at one server, and its forms in the file and in the keyring. Pure. */

import { createHash } from "node:crypto";
import { isObject, type JsonObject } from "../rpc/messages.js";

/** What a login at a server left us with. */
export interface McpCredentials {
  serverName: string;
  url: string;
  clientId: string;
  accessToken: string;
  /** null: there is none, and the login cannot be renewed. */
  refreshToken: string | null;
  /** Milliseconds since 1970; null: never. */
  expiresAt: number | null;
  scopes: readonly string[];
}

/** Name of the entry of a server: its name and 16 hex digits that stand for its address. */
export function storeKey(serverName: string, url: string): string {
  // The order of the keys is part of the format.
  const identity = JSON.stringify({ type: "http", url, headers: {} });
  return `${serverName}|${createHash("sha256").update(identity).digest("hex").slice(0, 16)}`;
}

/** As the file has it. */
export function fileEntry(credentials: McpCredentials): JsonObject {
  return {
    server_name: credentials.serverName,
    server_url: credentials.url,
    client_id: credentials.clientId,
    access_token: credentials.accessToken,
    expires_at: credentials.expiresAt,
    refresh_token: credentials.refreshToken,
    scopes: credentials.scopes,
  };
}

/** @returns null for what is no entry */
export function readFileEntry(value: unknown): McpCredentials | null {
  if (!isObject(value)) return null;
  const { server_name: serverName, server_url: url, client_id: clientId, access_token: accessToken } = value;
  if (!areTexts(serverName, url, clientId, accessToken)) return null;
  return {
    serverName: String(serverName),
    url: String(url),
    clientId: String(clientId),
    accessToken: String(accessToken),
    refreshToken: textOrNull(value["refresh_token"]),
    expiresAt: numberOrNull(value["expires_at"]),
    scopes: texts(value["scopes"]),
  };
}

/** As the keyring has it. */
export function keyringSecret(credentials: McpCredentials, now: number): string {
  const { expiresAt, refreshToken, scopes } = credentials;
  return JSON.stringify({
    server_name: credentials.serverName,
    url: credentials.url,
    client_id: credentials.clientId,
    token_response: {
      access_token: credentials.accessToken,
      token_type: "bearer",
      ...(expiresAt === null ? {} : { expires_in: Math.max(0, Math.round((expiresAt - now) / 1_000)) }),
      ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
      ...(scopes.length === 0 ? {} : { scope: scopes.join(" ") }),
    },
    expires_at: expiresAt,
  });
}

/** @returns null for what is no secret of ours */
export function readKeyringSecret(text: string): McpCredentials | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(value) || !isObject(value["token_response"])) return null;
  const { server_name: serverName, url, client_id: clientId, token_response: tokens } = value;
  const { access_token: accessToken, scope } = tokens;
  if (!areTexts(serverName, url, clientId, accessToken)) return null;
  return {
    serverName: String(serverName),
    url: String(url),
    clientId: String(clientId),
    accessToken: String(accessToken),
    refreshToken: textOrNull(tokens["refresh_token"]),
    expiresAt: numberOrNull(value["expires_at"]),
    scopes: typeof scope === "string" ? scope.split(" ").filter((each) => each !== "") : [],
  };
}

// helpers

function areTexts(...values: unknown[]): boolean {
  return values.every((value) => typeof value === "string");
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
