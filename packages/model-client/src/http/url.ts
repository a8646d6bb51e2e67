/** Where a provider's endpoints are. Pure. */

import type { Credentials } from "../contract/client.js";
import type { ModelProviderInfo } from "../contract/provider.js";

/** The ChatGPT backend's model endpoint. */
export const CHATGPT_BASE_URL = "https://chatgpt.com/backend-api/codex";
/** The platform's API. */
export const OPENAI_BASE_URL = "https://api.openai.com/v1";

/** The provider's base URL without trailing slashes. */
export function baseUrl(provider: ModelProviderInfo, credentials: Credentials | null): string {
  const configured = provider.base_url ?? (credentials?.kind === "chatgpt" ? CHATGPT_BASE_URL : OPENAI_BASE_URL);
  return configured.replace(/\/+$/, "");
}

/** The endpoint's URL with the provider's query parameters, escaped. */
export function endpointUrl(provider: ModelProviderInfo, credentials: Credentials | null, path: string): string {
  const query = Object.entries(provider.query_params ?? {})
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
    .join("&");
  return `${baseUrl(provider, credentials)}${path}${query === "" ? "" : `?${query}`}`;
}

/** The same endpoint for a websocket. */
export function websocketUrl(url: string): string {
  return url.replace(/^http/i, "ws");
}
