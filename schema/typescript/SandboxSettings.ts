// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AbsolutePathBuf } from "./AbsolutePathBuf";

/** Details of the workspace-write sandbox. */
export type SandboxSettings = {
  writableRoots: Array<AbsolutePathBuf>,
  networkAccess: boolean | null,
  excludeTmpdirEnvVar: boolean | null,
  excludeSlashTmp: boolean | null,
};
