// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { JsonValue } from "../serde_json/JsonValue";

/** A tool that the client runs itself is called. */
export type DynamicToolCallParams = {
  threadId: string,
  turnId: string,
  callId: string,
  tool: string,
  arguments: JsonValue,
};
