/** Makes a local provider's model ready before the first request. */

import type { ModelProviderInfo } from "@codex-ts/config";
import type { Connection } from "./http.js";
import { prepareLmStudio, type LmsRunner } from "./lm-studio/prepare.js";
import { prepareOllama, type OllamaListener } from "./ollama/prepare.js";
import { isLocalProvider, serverOf } from "./providers.js";

/** What preparing needs. */
export interface PrepareOptions extends Connection, OllamaListener {
  provider: ModelProviderInfo;
  model: string;
  /** For LM Studio's own program. */
  lms: LmsRunner;
}

/**
 * Returns when the model can be asked. Providers that are not local need nothing.
 * @returns `loading` ends when a model that loads in the background has loaded, or could not; nobody need wait for it
 * @throws {LocalModelError} when the server does not run or the model cannot be had
 */
export async function prepareLocalModel(options: PrepareOptions): Promise<{ loading: Promise<void> }> {
  const { provider, model } = options;
  if (!isLocalProvider(provider.id) || provider.baseUrl === null) return { loading: Promise.resolve() };
  if (serverOf(provider.id) === "lmstudio") return prepareLmStudio(options, provider.baseUrl, model, options.lms);
  await prepareOllama(options, provider.baseUrl, model, provider.wireApi !== "chat", options);
  return { loading: Promise.resolve() };
}
