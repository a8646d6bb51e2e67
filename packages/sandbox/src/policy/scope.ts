/** What decides which folders a command may write to: the policy and the places it is read against. */

import type { AbsolutePath, SandboxPolicy } from "@codex-ts/protocol";

/** A policy together with the places that its words ("the workspace", "the temporary folder") stand for. */
export interface SandboxScope {
  policy: SandboxPolicy;
  /** The folder that `workspace-write` calls the workspace; the first writable root that nobody has to configure. */
  policyCwd: AbsolutePath;
  /** Our own settings and sessions: read-only for every command, wherever they lie. */
  codexHome: AbsolutePath;
  /** `$TMPDIR` of the deciding process (not of the command); undefined or empty: none. */
  tmpdir: string | undefined;
}

/** Whether commands under this policy are cut off from the network. */
export function networkIsOff(policy: SandboxPolicy): boolean {
  switch (policy.type) {
    case "danger-full-access":
      return false;
    case "read-only":
      return true;
    case "external-sandbox":
      return policy.network_access !== "enabled";
    case "workspace-write":
      return policy.network_access !== true;
  }
}

/** Whether commands under this policy may write to some places only (or none). */
export function writesAreRestricted(policy: SandboxPolicy): boolean {
  return policy.type === "read-only" || policy.type === "workspace-write";
}
