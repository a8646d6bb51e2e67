/** What a command would be allowed under a restricted token on Windows, as data. Pure but for the paths handed in. */

import path from "node:path";
import type { AbsolutePath, SandboxPolicy } from "@codex-ts/protocol";
import type { Environment } from "../plan/request.js";
import { networkIsOff, type SandboxScope } from "../policy/scope.js";

/** What Windows would be told. */
export interface WindowsRestrictions {
  /** Folders with a write-allow entry for the capability. */
  allow: AbsolutePath[];
  /** Paths with a write-deny entry, which wins. */
  deny: AbsolutePath[];
  /** Variables added to the command's. */
  env: Environment;
}

/** A proxy where nobody listens. */
const NOWHERE = "http://127.0.0.1:9";

/** Programs that honour these variables stay off the network; the system itself does not enforce it. */
const OFFLINE: Environment = {
  SBX_NONET_ACTIVE: "1",
  HTTP_PROXY: NOWHERE,
  HTTPS_PROXY: NOWHERE,
  ALL_PROXY: NOWHERE,
  GIT_HTTP_PROXY: NOWHERE,
  GIT_HTTPS_PROXY: NOWHERE,
  NO_PROXY: "localhost,127.0.0.1,::1",
  PIP_NO_INDEX: "1",
  PIP_DISABLE_PIP_VERSION_CHECK: "1",
  NPM_CONFIG_OFFLINE: "true",
  CARGO_NET_OFFLINE: "true",
  GIT_SSH_COMMAND: "cmd /c exit 1",
  GIT_ALLOW_PROTOCOLS: "",
};

/** Pagers and devices that exist on Windows. */
const ALWAYS: Environment = { GIT_PAGER: "more.com", PAGER: "more.com", LESS: "" };

/** @param temporary `TEMP` and `TMP` of the deciding process */
export function windowsRestrictions(
  scope: SandboxScope,
  env: Environment,
  temporary: readonly (string | undefined)[],
): WindowsRestrictions {
  const { policy, policyCwd, codexHome } = scope;
  const allow = policy.type === "workspace-write" ? windowsRoots(policy, policyCwd, temporary) : [];
  const deny = allow.flatMap((root) => [path.win32.join(root, ".git"), path.win32.join(root, ".codex")]);
  return { allow, deny: [...deny, codexHome], env: windowsEnvironment(env, networkIsOff(policy)) };
}

function windowsRoots(
  policy: SandboxPolicy & { type: "workspace-write" },
  policyCwd: AbsolutePath,
  temporary: readonly (string | undefined)[],
): AbsolutePath[] {
  const temp = policy.exclude_tmpdir_env_var === true ? [] : temporary.filter((folder) => folder !== undefined);
  const named = [policyCwd, ...(policy.writable_roots ?? []), ...temp].filter((folder) => folder !== "");
  return [...new Set(named.map((folder) => path.win32.resolve(policyCwd, folder)))];
}

function windowsEnvironment(env: Environment, networkOff: boolean): Environment {
  const translated = Object.entries(env).map(([name, value]) => [name, value === "/dev/null" ? "NUL" : value]);
  return {
    ...(networkOff ? OFFLINE : {}),
    ...Object.fromEntries(translated),
    ...(networkOff ? { SBX_NONET_ACTIVE: "1" } : {}),
    ...ALWAYS,
  };
}

/** A policy made stricter, and the sentence that says so. */
export interface CoercedPolicy {
  policy: SandboxPolicy;
  /** undefined: the policy is as it was. */
  reason: string | undefined;
}

/** Without a sandbox that can tell folders apart, the workspace cannot be opened to commands: they ask instead. */
export function coerceForWindows(policy: SandboxPolicy): CoercedPolicy {
  return policy.type === "workspace-write"
    ? {
        policy: { type: "read-only" },
        reason:
          "workspace-write was changed to read-only: on Windows this program has no sandbox that could limit commands to the workspace. Commands that write will ask first; in Windows Subsystem for Linux the Linux sandbox is available.",
      }
    : { policy, reason: undefined };
}
