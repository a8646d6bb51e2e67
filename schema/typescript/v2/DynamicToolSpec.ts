// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { JsonValue } from "../serde_json/JsonValue";

/** A tool that the client runs itself. */
export type DynamicToolSpec = {
  name: string,
  description: string,
  /** JSON Schema of its arguments. */
  inputSchema: JsonValue,
};
