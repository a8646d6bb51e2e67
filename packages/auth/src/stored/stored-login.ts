/** The content of auth.json: reading and writing its JSON. Pure. */

import { readClaims, type TokenClaims } from "./claims.js";

/** The tokens of a ChatGPT login. */
export interface ChatgptTokens {
  readonly idToken: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accountId: string | null;
  /** From the id token. */
  readonly claims: TokenClaims;
}

/** A login as it is kept. */
export type StoredLogin =
  | { readonly mode: "apiKey"; readonly apiKey: string; readonly others: OtherFields }
  | {
      readonly mode: "chatgpt";
      readonly tokens: ChatgptTokens;
      /** Null: never. */
      readonly lastRefresh: Date | null;
      /** A key of the platform that came with the login; requests do not use it. */
      readonly apiKey: string | null;
      readonly others: OtherFields;
    };

/** Fields that we do not know: kept as they are. */
export type OtherFields = Readonly<Record<string, unknown>>;

/** The stored text cannot be understood. */
export class StoredLoginError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "StoredLoginError";
  }
}

/**
 * Reads auth.json. Null: it holds no login.
 * `auth_mode` decides where both a key and tokens are there; without it the key does, as in files of the original.
 * @throws StoredLoginError, TokenFormatError
 */
export function parseLogin(json: string): StoredLogin | null {
  const { OPENAI_API_KEY: key, tokens, last_refresh: lastRefresh, auth_mode: mode, ...others } = parseObject(json);
  const apiKey = typeof key === "string" && key.trim() !== "" ? key : null;
  const hasTokens = typeof tokens === "object" && tokens !== null;
  if (apiKey !== null && !(mode === "chatgpt" && hasTokens)) {
    return { mode: "apiKey", apiKey, others: hasTokens ? { ...others, tokens, last_refresh: lastRefresh } : others };
  }
  if (!hasTokens) {
    return null;
  }
  return { mode: "chatgpt", tokens: parseTokens(tokens), lastRefresh: parseDate(lastRefresh), apiKey, others };
}

/** The JSON of a login. The mode is written where the other fields leave it open. */
export function loginJson(login: StoredLogin): Record<string, unknown> {
  if (login.mode === "apiKey") {
    return { OPENAI_API_KEY: login.apiKey, ...login.others };
  }
  const { tokens, lastRefresh, apiKey, others } = login;
  return {
    ...(apiKey === null ? {} : { auth_mode: "chatgpt" }),
    OPENAI_API_KEY: apiKey,
    tokens: {
      id_token: tokens.idToken,
      access_token: tokens.accessToken,
      refresh_token: tokens.refreshToken,
      account_id: tokens.accountId,
    },
    ...(lastRefresh === null ? {} : { last_refresh: lastRefresh.toISOString() }),
    ...others,
  };
}

/** Tokens as an issuer gives them, with what the id token says. */
export function makeTokens(
  tokens: Omit<ChatgptTokens, "claims" | "accountId">,
  accountId?: string | null,
): ChatgptTokens {
  const claims = readClaims(tokens.idToken);
  return { ...tokens, accountId: accountId ?? claims.accountId, claims };
}

function parseObject(json: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new StoredLoginError(error instanceof Error ? error.message : String(error));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new StoredLoginError("expected an object");
  }
  return { ...value };
}

function parseTokens(value: object): ChatgptTokens {
  const fields: Record<string, unknown> = { ...value };
  const field = (name: string): string => {
    const found = fields[name];
    if (typeof found !== "string") {
      throw new StoredLoginError(`missing field \`${name}\``);
    }
    return found;
  };
  const idToken = field("id_token");
  const accountId = fields["account_id"];
  return {
    idToken,
    accessToken: field("access_token"),
    refreshToken: field("refresh_token"),
    accountId: typeof accountId === "string" ? accountId : null,
    claims: readClaims(idToken),
  };
}

function parseDate(value: unknown): Date | null {
  const date = typeof value === "string" ? new Date(value) : null;
  return date === null || Number.isNaN(date.getTime()) ? null : date;
}
