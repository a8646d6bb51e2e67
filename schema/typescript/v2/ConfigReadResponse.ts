// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Config } from "./Config";
import type { ConfigLayer } from "./ConfigLayer";
import type { ConfigLayerMetadata } from "./ConfigLayerMetadata";

/** The effective configuration and where it comes from. */
export type ConfigReadResponse = {
  config: Config,
  /** By dotted key. */
  origins: { [key in string]?: ConfigLayerMetadata },
  /** Highest precedence first; absent unless asked for. */
  layers?: Array<ConfigLayer> | null,
};
