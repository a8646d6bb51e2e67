// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { OverriddenMetadata } from "./OverriddenMetadata";
import type { WriteStatus } from "./WriteStatus";

/** What was written. */
export type ConfigWriteResponse = {
  status: WriteStatus,
  version: string,
  filePath: AbsolutePathBuf,
  /** null when what was written is in force. */
  overriddenMetadata: OverriddenMetadata | null,
};
