// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { McpStartupStatus } from "./McpStartupStatus";

/** How far an MCP server's start is. */
export type McpStartupUpdateEvent = {
  server: string,
  status: McpStartupStatus,
};
