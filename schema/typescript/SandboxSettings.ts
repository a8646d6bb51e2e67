// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AbsolutePathBuf } from "./AbsolutePathBuf";

/** Details of the workspace-write sandbox. */
export type SandboxSettings = {
  excludeSlashTmp: boolean | null,
  excludeTmpdirEnvVar: boolean | null,
  networkAccess: boolean | null,
  writableRoots: Array<AbsolutePathBuf>,
};
