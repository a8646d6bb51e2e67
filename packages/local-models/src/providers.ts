/** The local providers, and the programs behind them. Pure. */

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

/** The program's name for people. */
export function serverName(server: LocalServer): string {
  return server === "lmstudio" ? "LM Studio" : "Ollama";
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
