// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Annotations } from "./Annotations";

/** A sound from an MCP server; `type` is `"audio"`, `data` base64. */
export type AudioContent = {
  type: string,
  data: string,
  mimeType: string,
  annotations?: Annotations | null,
};
