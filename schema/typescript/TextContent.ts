// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Annotations } from "./Annotations";

/** Text from an MCP server; `type` is `"text"`. */
export type TextContent = {
  type: string,
  text: string,
  annotations?: Annotations | null,
};
