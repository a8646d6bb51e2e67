// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { McpServerStartupState } from "./McpServerStartupState";

/** An MCP server's start went on. */
export type McpServerStatusUpdatedNotification = {
  threadId: string | null,
  name: string,
  status: McpServerStartupState,
  error: string | null,
};
