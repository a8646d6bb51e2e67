/** What a provider is: the fields of `[model_providers.<id>]` in config.toml, as far as requests need them. */

/** How a provider is spoken to. */
export type WireApi = "responses" | "chat" | "responses_websocket";

/** A provider; every field but `name` and `wire_api` may be left out. Names are those of config.toml. */
export interface ModelProviderInfo {
  /** Display name. The exact name `OpenAI` and, in any case, `azure` switch behaviour. */
  name: string;
  wire_api: WireApi;
  /** Without it: the ChatGPT backend with a ChatGPT login, else api.openai.com. */
  base_url?: string | null | undefined;
  /** Environment variable that holds the key. */
  env_key?: string | null | undefined;
  /** How a person gets a key, said when the variable is missing. */
  env_key_instructions?: string | null | undefined;
  /** A literal token. */
  experimental_bearer_token?: string | null | undefined;
  query_params?: Readonly<Record<string, string>> | null | undefined;
  http_headers?: Readonly<Record<string, string>> | null | undefined;
  /** Header to environment variable; left out of the request when the variable is blank. */
  env_http_headers?: Readonly<Record<string, string>> | null | undefined;
  request_max_retries?: number | null | undefined;
  stream_max_retries?: number | null | undefined;
  stream_idle_timeout_ms?: number | null | undefined;
  requires_openai_auth?: boolean | undefined;
}

/** Numbers of a provider with defaults and caps applied. */
export interface ProviderLimits {
  /** Silent retries of a request that never became a stream. */
  requestMaxRetries: number;
  /** Announced retries of a stream. */
  streamMaxRetries: number;
  /** Milliseconds without a complete event after which a stream counts as dead. */
  streamIdleTimeoutMs: number;
}

const RETRY_CAP = 100;

/** Applies the defaults (4, 5, five minutes) and the cap of 100 retries. */
export function providerLimits(provider: ModelProviderInfo): ProviderLimits {
  return {
    requestMaxRetries: Math.min(provider.request_max_retries ?? 4, RETRY_CAP),
    streamMaxRetries: Math.min(provider.stream_max_retries ?? 5, RETRY_CAP),
    streamIdleTimeoutMs: provider.stream_idle_timeout_ms ?? 300_000,
  };
}

const AZURE_HOSTS = [
  "openai.azure.",
  "cognitiveservices.azure.",
  "aoai.azure.",
  "azure-api.",
  "azurefd.",
  "windows.net/openai",
];

/** Whether the endpoint is Azure's, which stores responses and wants item ids back. */
export function isAzure(provider: ModelProviderInfo): boolean {
  if (provider.name.toLowerCase() === "azure") return true;
  const url = provider.base_url?.toLowerCase() ?? "";
  return AZURE_HOSTS.some((host) => url.includes(host));
}

/** Whether the provider is OpenAI itself, by its exact name. */
export function isOpenAI(provider: ModelProviderInfo): boolean {
  return provider.name === "OpenAI";
}
