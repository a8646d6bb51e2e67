// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { JsonValue } from "../serde_json/JsonValue";

/** An MCP server asks the user something. */
export type McpServerElicitationRequestParams = {
  threadId: string,
  /** null: outside of a turn. */
  turnId: string | null,
  serverName: string,
  mode: "form",
  message: string,
  /** JSON Schema of the answer. */
  requestedSchema: JsonValue,
  _meta: JsonValue,
};
