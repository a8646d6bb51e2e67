// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { JsonValue } from "../serde_json/JsonValue";

/** Calls a tool of a server, outside of a turn. */
export type McpServerToolCallParams = {
  threadId: string,
  server: string,
  tool: string,
  arguments?: JsonValue,
  _meta?: JsonValue,
};
