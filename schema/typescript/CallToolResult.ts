// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ContentBlock } from "./ContentBlock";
import type { JsonValue } from "./serde_json/JsonValue";

/** A tool's answer, as the server gave it. */
export type CallToolResult = {
  content: Array<ContentBlock>,
  structuredContent?: JsonValue,
  isError?: boolean | null,
};
