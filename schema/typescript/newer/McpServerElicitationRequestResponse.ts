// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { JsonValue } from "../serde_json/JsonValue";

/** The user's answer. */
export type McpServerElicitationRequestResponse = {
  action: "accept" | "decline" | "cancel",
  /** The filled-in form with `accept`; else null. */
  content: JsonValue,
};
