// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ContentBlock } from "../ContentBlock";
import type { JsonValue } from "../serde_json/JsonValue";

/** The answer to an MCP call. */
export type McpToolCallResult = {
  content: Array<ContentBlock>,
  /** null when the server gave none. */
  structuredContent: JsonValue,
};
