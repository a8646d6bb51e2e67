// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { McpServerStatus } from "./McpServerStatus";

/** A page of servers, by name. */
export type ListMcpServerStatusResponse = {
  data: Array<McpServerStatus>,
  /** null at the end. */
  nextCursor: string | null,
};
