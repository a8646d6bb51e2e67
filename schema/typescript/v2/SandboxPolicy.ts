// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { NetworkAccess } from "./NetworkAccess";

/** What a command may touch. Absent members mean their defaults on input; the server always writes all. */
export type SandboxPolicy = {
  type: "dangerFullAccess",
} | {
  type: "readOnly",
} | {
  type: "externalSandbox",
  networkAccess?: NetworkAccess,
} | {
  type: "workspaceWrite",
  writableRoots?: Array<AbsolutePathBuf>,
  networkAccess?: boolean,
  excludeTmpdirEnvVar?: boolean,
  excludeSlashTmp?: boolean,
};
