// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AbsolutePathBuf } from "./AbsolutePathBuf";
import type { NetworkAccess } from "./NetworkAccess";

/** What a command may touch; see docs/architecture.md, "Sandbox". */
export type SandboxPolicy = {
  type: "danger-full-access",
} | {
  type: "read-only",
} | {
  type: "external-sandbox",
  network_access?: NetworkAccess,
} | {
  type: "workspace-write",
  /** Roots besides the cwd; left out when there are none. */
  writable_roots?: Array<AbsolutePathBuf>,
  network_access?: boolean,
  /** Leave `$TMPDIR` read-only. */
  exclude_tmpdir_env_var?: boolean,
  /** Leave `/tmp` read-only. */
  exclude_slash_tmp?: boolean,
};
