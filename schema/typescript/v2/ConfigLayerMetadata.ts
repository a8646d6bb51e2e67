// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ConfigLayerSource } from "./ConfigLayerSource";

/** A layer's name and content version. */
export type ConfigLayerMetadata = {
  name: ConfigLayerSource,
  /** `sha256:<hex>` of its canonical JSON. */
  version: string,
};
