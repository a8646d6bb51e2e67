/** The headers of requests to a provider. Pure. */

import type { ModelProviderInfo } from "@codex-ts/config";
import type { Credentials } from "@codex-ts/auth";
import { ModelError } from "../errors/model-error.js";

/** Variables of the process that providers may name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Who is asking, as it stands in headers. */
export interface Identity {
  originator: string;
  userAgent: string;
}

/** Headers by lower-case name. */
export type HeaderMap = Record<string, string>;

/** The provider's own headers: static ones, then those from the environment. Invalid ones and blank variables are left out. */
export function providerHeaders(provider: ModelProviderInfo, env: Environment): HeaderMap {
  const headers: HeaderMap = {};
  for (const [name, value] of Object.entries(provider.httpHeaders)) setHeader(headers, name, value);
  for (const [name, variable] of Object.entries(provider.envHttpHeaders)) {
    const value = env[variable];
    if (value !== undefined && value.trim() !== "") setHeader(headers, name, value);
  }
  return headers;
}

/** What the Responses wires add to every request of a turn. */
export interface TurnHeaders {
  threadId: string;
  betaFeatures: readonly string[];
  webSearchEligible: boolean;
  turnState: string | null;
  subAgent: string | undefined;
}

/** Headers that carry the turn, in the names servers know. */
export function turnHeaders(turn: TurnHeaders): HeaderMap {
  const headers: HeaderMap = {};
  if (turn.betaFeatures.length > 0) setHeader(headers, "x-codex-beta-features", turn.betaFeatures.join(","));
  setHeader(headers, "x-oai-web-search-eligible", String(turn.webSearchEligible));
  if (turn.turnState !== null) setHeader(headers, "x-codex-turn-state", turn.turnState);
  return { ...headers, ...threadHeaders(turn.threadId, turn.subAgent) };
}

/** Headers that name the thread; all that the Chat wire sends. */
export function threadHeaders(threadId: string, subAgent: string | undefined): HeaderMap {
  const headers: HeaderMap = { session_id: threadId };
  return { ...headers, ...subAgentHeader(subAgent) };
}

/** Names the kind of sub-agent, where there is one. */
export function subAgentHeader(subAgent: string | undefined): HeaderMap {
  const headers: HeaderMap = {};
  if (subAgent !== undefined) setHeader(headers, "x-openai-subagent", subAgent);
  return headers;
}

/** `originator` and `user-agent`, which may hold the bytes of any script. */
export function identityHeaders(identity: Identity): HeaderMap {
  return { originator: identity.originator, "user-agent": identity.userAgent.replace(/[^\t\x20-\x7e\x80-\xff]/g, "_") };
}

/**
 * `authorization`, and the account where a ChatGPT login is used. The provider's own key wins over a login.
 * @throws {ModelError} `missingKey` when the provider names a variable that is not set
 */
export function authHeaders(provider: ModelProviderInfo, credentials: Credentials | null, env: Environment): HeaderMap {
  const own = providerToken(provider, env);
  const headers: HeaderMap = {};
  if (own !== null) {
    setHeader(headers, "authorization", `Bearer ${own}`);
  } else if (credentials !== null) {
    setHeader(headers, "authorization", `Bearer ${credentials.token}`);
    if (credentials.kind === "chatgpt" && credentials.accountId !== null) {
      setHeader(headers, "chatgpt-account-id", credentials.accountId);
    }
  }
  return headers;
}

/**
 * The provider's own token: its environment variable, else the literal one.
 * @throws {ModelError} `missingKey`
 */
export function providerToken(provider: ModelProviderInfo, env: Environment): string | null {
  const variable = provider.envKey;
  if (variable === null) return provider.experimentalBearerToken;
  const value = env[variable];
  if (value !== undefined && value.trim() !== "") return value;
  const instructions = provider.envKeyInstructions ?? "";
  throw new ModelError(
    "missingKey",
    `Missing environment variable: \`${variable}\`.${instructions === "" ? "" : ` ${instructions}`}`,
  );
}

/**
 * A header whose name or value HTTP does not allow is left out, as a broken config line should not break requests. Values
 * travel as UTF-8, each byte written as the character that `fetch` makes that byte of.
 */
function setHeader(headers: HeaderMap, name: string, value: string): void {
  const trimmed = value.trim();
  // oxlint-disable-next-line no-control-regex -- these are what headers may not hold
  if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && !/[\x00-\x08\x0a-\x1f\x7f]/.test(trimmed)) {
    headers[name.toLowerCase()] = Buffer.from(trimmed, "utf8").toString("latin1");
  }
}
