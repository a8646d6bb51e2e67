// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { JsonValue } from "./serde_json/JsonValue";

/** JSON Schema of a tool's structured answer. */
export type ToolOutputSchema = {
  type?: string,
  properties?: JsonValue,
  required?: Array<string> | null,
};
