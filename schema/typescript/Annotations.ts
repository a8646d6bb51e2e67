// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Role } from "./Role";

/** Hints of an MCP server about a piece of content. */
export type Annotations = {
  audience?: Array<Role> | null,
  /** ISO 8601. */
  lastModified?: string | null,
  /** 0 (optional) to 1 (needed). */
  priority?: number | null,
};
