/** The model providers there are: the built-in ones and those of config.toml. */

import type { Environment } from "../home.js";
import type { ModelProviderToml } from "../schema/config-toml.js";

/** How a provider is spoken to. */
export type WireApi = "responses" | "responses_websocket" | "chat";

/** Everything about a provider, defaults applied. */
export interface ModelProviderInfo {
  readonly id: string;
  readonly name: string;
  /** Null: the address depends on the login; see DEFAULT_BASE_URLS. */
  readonly baseUrl: string | null;
  /** Variable that holds the API key. */
  readonly envKey: string | null;
  readonly envKeyInstructions: string | null;
  readonly experimentalBearerToken: string | null;
  readonly wireApi: WireApi;
  readonly queryParams: Readonly<Record<string, string>>;
  readonly httpHeaders: Readonly<Record<string, string>>;
  /** Header to variable; left out when the variable is unset or blank. */
  readonly envHttpHeaders: Readonly<Record<string, string>>;
  /** 0 to 100. */
  readonly requestMaxRetries: number;
  /** 0 to 100. */
  readonly streamMaxRetries: number;
  /** Milliseconds. */
  readonly streamIdleTimeoutMs: number;
  readonly requiresOpenaiAuth: boolean;
  readonly builtIn: boolean;
}

/** Addresses of the built-in provider, by kind of login. */
export const DEFAULT_BASE_URLS = {
  chatgpt: "https://chatgpt.com/backend-api/codex",
  apiKey: "https://api.openai.com/v1",
} as const;

/** The key of the provider used when nothing else is said. */
export const DEFAULT_PROVIDER_ID = "openai";

/** Providers of local models. */
export const OSS_PROVIDER_IDS = ["lmstudio", "ollama", "ollama-chat"] as const;

const MAX_RETRIES = 100;

/**
 * All providers by id. Entries of config.toml cannot replace built-in ones.
 * @param openaiBaseUrl address of the built-in provider; the environment's unless given
 */
export function modelProviders(
  configured: ReadonlyMap<string, ModelProviderToml> | undefined,
  env: Environment,
  clientVersion: string,
  openaiBaseUrl?: string,
): ReadonlyMap<string, ModelProviderInfo> {
  const providers = new Map<string, ModelProviderInfo>();
  for (const [id, entry] of configured ?? []) {
    providers.set(id, configuredProvider(id, entry));
  }
  for (const provider of builtInProviders(env, clientVersion, openaiBaseUrl)) {
    providers.set(provider.id, provider);
  }
  return providers;
}

/** Whether an id belongs to a built-in provider. */
export function isBuiltInProvider(id: string): boolean {
  return id === DEFAULT_PROVIDER_ID || OSS_PROVIDER_IDS.some((oss) => oss === id);
}

function configuredProvider(id: string, entry: ModelProviderToml): ModelProviderInfo {
  return {
    id,
    name: entry.name,
    baseUrl: entry.base_url ?? null,
    envKey: entry.env_key ?? null,
    envKeyInstructions: entry.env_key_instructions ?? null,
    experimentalBearerToken: entry.experimental_bearer_token ?? null,
    wireApi: entry.wire_api,
    queryParams: entry.query_params ?? {},
    httpHeaders: entry.http_headers ?? {},
    envHttpHeaders: entry.env_http_headers ?? {},
    requestMaxRetries: Math.min(entry.request_max_retries, MAX_RETRIES),
    streamMaxRetries: Math.min(entry.stream_max_retries, MAX_RETRIES),
    streamIdleTimeoutMs: entry.stream_idle_timeout_ms,
    requiresOpenaiAuth: entry.requires_openai_auth,
    builtIn: false,
  };
}

function builtInProviders(env: Environment, clientVersion: string, openaiBaseUrl?: string): ModelProviderInfo[] {
  const openai: ModelProviderInfo = {
    ...PLAIN,
    id: DEFAULT_PROVIDER_ID,
    name: "OpenAI",
    baseUrl: nonBlank(openaiBaseUrl) ?? nonBlank(env["OPENAI_BASE_URL"]),
    httpHeaders: { version: clientVersion },
    envHttpHeaders: { "OpenAI-Organization": "OPENAI_ORGANIZATION", "OpenAI-Project": "OPENAI_PROJECT" },
    requiresOpenaiAuth: true,
  };
  return [
    openai,
    { ...PLAIN, id: "ollama", baseUrl: localUrl(env, 11434) },
    { ...PLAIN, id: "ollama-chat", baseUrl: localUrl(env, 11434), wireApi: "chat" },
    { ...PLAIN, id: "lmstudio", baseUrl: localUrl(env, 1234) },
  ];
}

const PLAIN: ModelProviderInfo = {
  id: "",
  name: "gpt-oss",
  baseUrl: null,
  envKey: null,
  envKeyInstructions: null,
  experimentalBearerToken: null,
  wireApi: "responses",
  queryParams: {},
  httpHeaders: {},
  envHttpHeaders: {},
  requestMaxRetries: 4,
  streamMaxRetries: 5,
  streamIdleTimeoutMs: 300_000,
  requiresOpenaiAuth: false,
  builtIn: true,
};

function localUrl(env: Environment, defaultPort: number): string {
  const url = nonBlank(env["CODEX_OSS_BASE_URL"]);
  if (url !== null) {
    return url;
  }
  const port = env["CODEX_OSS_PORT"] ?? "";
  const valid = /^\+?\d+$/.test(port) && Number(port) <= 0xffff;
  return `http://localhost:${valid ? Number(port) : defaultPort}/v1`;
}

function nonBlank(value: string | undefined): string | null {
  return value === undefined || value.trim() === "" ? null : value;
}
