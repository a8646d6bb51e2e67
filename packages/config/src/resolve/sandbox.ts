/** Which policies a session starts with: what may run unasked, and what commands may touch. */

import { resolve } from "node:path";
import type { ApprovalPolicy, SandboxMode, SandboxPolicy } from "@codex-ts/protocol";
import type { TrustLevel } from "../layers/layer.js";
import type { ConfigToml } from "../schema/config-toml.js";

/** The approval policy where nobody has chosen one. */
export function defaultApprovalPolicy(trust: TrustLevel | null): ApprovalPolicy {
  return trust === "untrusted" ? "untrusted" : "on-request";
}

/** The sandbox mode where nobody has chosen one: a decision about the project, of either kind, opens the workspace. */
export function defaultSandboxMode(trust: TrustLevel | null): SandboxMode {
  return trust === null ? "read-only" : "workspace-write";
}

/**
 * The policy behind a mode.
 * @param addedRoots further writable folders, relative ones to `cwd`
 */
export function sandboxPolicy(
  mode: SandboxMode,
  details: ConfigToml["sandbox_workspace_write"],
  addedRoots: readonly string[],
  cwd: string,
): SandboxPolicy {
  if (mode !== "workspace-write") {
    return { type: mode };
  }
  const roots = new Set([...details.writable_roots, ...addedRoots.map((root) => resolve(cwd, root))]);
  return {
    type: "workspace-write",
    ...(roots.size > 0 ? { writable_roots: [...roots] } : {}),
    network_access: details.network_access,
    exclude_tmpdir_env_var: details.exclude_tmpdir_env_var,
    exclude_slash_tmp: details.exclude_slash_tmp,
  };
}
