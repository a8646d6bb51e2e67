// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { JsonValue } from "./serde_json/JsonValue";

/** A call of a tool on a server. */
export type McpInvocation = {
  server: string,
  tool: string,
  /** Any JSON; absent when the model gave none. */
  arguments?: JsonValue,
};
