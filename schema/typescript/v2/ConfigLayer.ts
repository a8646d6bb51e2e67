// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ConfigLayerSource } from "./ConfigLayerSource";
import type { JsonValue } from "../serde_json/JsonValue";

/** A layer of the configuration. */
export type ConfigLayer = {
  name: ConfigLayerSource,
  version: string,
  config: JsonValue,
  /** Why it is not in force. */
  disabledReason?: string | null,
};
