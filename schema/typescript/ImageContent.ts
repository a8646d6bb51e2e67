// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Annotations } from "./Annotations";

/** An image from an MCP server; `type` is `"image"`, `data` base64. */
export type ImageContent = {
  type: string,
  data: string,
  mimeType: string,
  annotations?: Annotations | null,
};
