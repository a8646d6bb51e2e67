/** The local providers: their names, their default models, and which of them a run uses. Pure. */

import { OSS_PROVIDER_IDS } from "@codex-ts/config";
import { LocalModelError } from "./errors.js";

/** A provider of local models; the two of Ollama differ in the wire they speak. */
export type LocalProviderId = (typeof OSS_PROVIDER_IDS)[number];

/** A program that serves local models. */
export type LocalServer = "lmstudio" | "ollama";

/** Whether a name is that of a local provider. */
export function isLocalProvider(id: string): id is LocalProviderId {
  return OSS_PROVIDER_IDS.some((known) => known === id);
}

/** The program behind a provider. */
export function serverOf(id: LocalProviderId): LocalServer {
  return id === "lmstudio" ? "lmstudio" : "ollama";
}

/** The model used when none is named. */
export function defaultLocalModel(id: LocalProviderId): string {
  return id === "lmstudio" ? "openai/gpt-oss-20b" : "gpt-oss:20b";
}

/** The program's name for people. */
export function serverName(server: LocalServer): string {
  return server === "lmstudio" ? "LM Studio" : "Ollama";
}

/** What decides which local provider `--oss` means. */
export interface LocalProviderChoice {
  /** `--local-provider`. */
  flag: string | null;
  /** `oss_provider` of the profile, else of config.toml. */
  configured: string | null;
}

/** The provider that was asked for; null when nobody said. Whether it exists is config's to say. */
export function requestedProvider({ flag, configured }: LocalProviderChoice): string | null {
  return flag ?? configured;
}

/** For runs that cannot ask: which setting is missing, and what it could be set to. */
export function noProviderError(running: readonly LocalServer[]): LocalModelError {
  const found = running.map((server) => `${serverName(server)} (${idsOf(server).join(" or ")})`).join(", ");
  const base = `No default OSS provider configured. Use --local-provider=provider or set oss_provider to one of: ${OSS_PROVIDER_IDS.join(", ")} in config.toml`;
  return new LocalModelError("noProvider", found === "" ? base : `${base}. Found running: ${found}`);
}

function idsOf(server: LocalServer): LocalProviderId[] {
  return OSS_PROVIDER_IDS.filter((id) => serverOf(id) === server);
}
