/** Where a provider's endpoints are. Pure. */

import { DEFAULT_BASE_URLS, type ModelProviderInfo } from "@codex-ts/config";
import type { Credentials } from "@codex-ts/auth";

/** The provider's base URL without trailing slashes. */
export function baseUrl(provider: ModelProviderInfo, credentials: Credentials | null): string {
  const configured = provider.baseUrl ?? DEFAULT_BASE_URLS[credentials?.kind ?? "apiKey"];
  return configured.replace(/\/+$/, "");
}

/** The endpoint's URL with the provider's query parameters, escaped. */
export function endpointUrl(provider: ModelProviderInfo, credentials: Credentials | null, path: string): string {
  const query = Object.entries(provider.queryParams)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
    .join("&");
  return `${baseUrl(provider, credentials)}${path}${query === "" ? "" : `?${query}`}`;
}

/** The same endpoint for a websocket. */
export function websocketUrl(url: string): string {
  return url.replace(/^http/i, "ws");
}
