// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { JsonValue } from "./serde_json/JsonValue";

/** JSON Schema of a tool's arguments. */
export type ToolInputSchema = {
  type?: string,
  properties?: JsonValue,
  required?: Array<string> | null,
};
