// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/** Where a layer of the configuration comes from. */
export type ConfigLayerSource = {
  type: "mdm",
  domain: string,
  key: string,
} | {
  type: "system",
  file: AbsolutePathBuf,
} | {
  type: "user",
  file: AbsolutePathBuf,
} | {
  type: "project",
  dotCodexFolder: AbsolutePathBuf,
} | {
  type: "sessionFlags",
} | {
  type: "legacyManagedConfigTomlFromFile",
  file: AbsolutePathBuf,
} | {
  type: "legacyManagedConfigTomlFromMdm",
};
