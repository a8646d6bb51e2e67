// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ConfigLayerMetadata } from "./ConfigLayerMetadata";
import type { JsonValue } from "../serde_json/JsonValue";

/** Why what was written is not in force. */
export type OverriddenMetadata = {
  message: string,
  overridingLayer: ConfigLayerMetadata,
  effectiveValue: JsonValue,
};
