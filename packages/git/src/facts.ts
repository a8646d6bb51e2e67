/** Facts about the repository around a folder, gathered from files in well under a millisecond. */

import { type ConfigEntry, readGitConfig } from "./config-file.js";
import { type Head, readHead } from "./head.js";
import { findRepository, type Repository } from "./repository.js";

/** What can be said about a work tree without asking git. */
export interface GitFacts {
  repository: Repository;
  head: Head;
  /** URL of the remote `origin`, with `url.*.insteadOf` applied; null without one. */
  originUrl: string | null;
}

/** The facts, or null outside of a repository. */
export function readGitFacts(
  cwd: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): GitFacts | null {
  const repository = findRepository(cwd);
  if (repository === null) return null;
  const config = readGitConfig(repository, env);
  return { repository, head: readHead(repository), originUrl: remoteUrl(config, "origin") };
}

/** The URL git would fetch a remote from; null when the remote has none. */
export function remoteUrl(config: readonly ConfigEntry[], remote: string): string | null {
  const url = config.find((entry) => isUrlOf(entry, remote))?.value;
  return url === undefined ? null : rewritten(url, config);
}

function isUrlOf(entry: ConfigEntry, remote: string): boolean {
  return entry.section === "remote" && entry.subsection === remote && entry.key === "url";
}

/** `url.<base>.insteadOf = <prefix>`: the longest matching prefix wins. */
function rewritten(url: string, config: readonly ConfigEntry[]): string {
  let best: { base: string; prefix: string } | null = null;
  for (const { section, subsection, key, value } of config) {
    if (section !== "url" || key !== "insteadof" || subsection === null || !url.startsWith(value)) continue;
    if (best === null || value.length > best.prefix.length) best = { base: subsection, prefix: value };
  }
  return best === null ? url : best.base + url.slice(best.prefix.length);
}
