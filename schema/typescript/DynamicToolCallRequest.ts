// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { JsonValue } from "./serde_json/JsonValue";

/** A tool that the client runs itself. */
export type DynamicToolCallRequest = {
  callId: string,
  turnId: string,
  tool: string,
  arguments: JsonValue,
};
