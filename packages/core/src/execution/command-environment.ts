/** Builds a command's environment from ours and the policy about it. Pure. */

import { networkIsOff } from "@codex-ts/sandbox";
import type { SandboxPolicy } from "@codex-ts/protocol";

/** `[shell_environment_policy]` of the config. */
export interface ShellEnvironmentPolicy {
  inherit: "all" | "core" | "none";
  /** false: names that look like secrets are dropped. */
  ignoreDefaultExcludes: boolean;
  /** Wildcard patterns of names to drop. */
  exclude: readonly string[];
  set: Readonly<Record<string, string>>;
  /** Wildcard patterns of the only names to keep; empty: all. */
  includeOnly: readonly string[];
}

const CORE_NAMES = new Set(["HOME", "LOGNAME", "PATH", "SHELL", "USER", "USERNAME", "TMPDIR", "TEMP", "TMP"]);
const SECRET_PATTERNS = ["*KEY*", "*SECRET*", "*TOKEN*"];
/** Told to commands when the policy gives them no network. */
const NETWORK_DISABLED = "CODEX_SANDBOX_NETWORK_DISABLED";

/** The environment of a command, in the order of the policy's steps: inherit, drop, set, keep only. */
export function commandEnvironment(
  inherited: Readonly<Record<string, string | undefined>>,
  policy: ShellEnvironmentPolicy,
  sandbox: SandboxPolicy,
): Record<string, string> {
  const dropped = [...(policy.ignoreDefaultExcludes ? [] : SECRET_PATTERNS), ...policy.exclude].map(wildcard);
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(inherited)) {
    if (value === undefined || policy.inherit === "none") continue;
    if (policy.inherit === "core" && !CORE_NAMES.has(name)) continue;
    if (!dropped.some((pattern) => pattern.test(name))) env[name] = value;
  }
  Object.assign(env, policy.set);
  if (policy.includeOnly.length > 0) {
    const kept = policy.includeOnly.map(wildcard);
    for (const name of Object.keys(env)) if (!kept.some((pattern) => pattern.test(name))) delete env[name];
  }
  if (networkIsOff(sandbox)) env[NETWORK_DISABLED] = "1";
  return env;
}

/** `*` and `?` over the whole name, in any case. */
function wildcard(pattern: string): RegExp {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, "is");
}
