/** What is special about some providers. Pure. */

import type { ModelProviderInfo } from "@codex-ts/config";

const AZURE_HOSTS = [
  "openai.azure.",
  "cognitiveservices.azure.",
  "aoai.azure.",
  "azure-api.",
  "azurefd.",
  "windows.net/openai",
];

/** Whether the endpoint is Azure's, which stores responses and wants item ids back. */
export function isAzure(provider: Pick<ModelProviderInfo, "name" | "baseUrl">): boolean {
  if (provider.name.toLowerCase() === "azure") return true;
  const url = provider.baseUrl?.toLowerCase() ?? "";
  return AZURE_HOSTS.some((host) => url.includes(host));
}

/** Whether the provider is OpenAI itself, by its exact name. */
export function isOpenAI(provider: Pick<ModelProviderInfo, "name">): boolean {
  return provider.name === "OpenAI";
}
