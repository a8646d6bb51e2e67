// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { JsonValue } from "../serde_json/JsonValue";

/** The resource's contents, as the server gave them. */
export type McpResourceReadResponse = {
  contents: Array<JsonValue>,
};
