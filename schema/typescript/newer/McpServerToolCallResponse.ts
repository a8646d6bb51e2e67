// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ContentBlock } from "../ContentBlock";
import type { JsonValue } from "../serde_json/JsonValue";

/** What the tool said. */
export type McpServerToolCallResponse = {
  content: Array<ContentBlock>,
  structuredContent?: JsonValue,
  isError?: boolean,
  _meta?: JsonValue,
};
