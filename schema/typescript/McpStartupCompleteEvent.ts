// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { McpStartupFailure } from "./McpStartupFailure";

/** Every MCP server has started, failed or been cancelled. */
export type McpStartupCompleteEvent = {
  ready: Array<string>,
  failed: Array<McpStartupFailure>,
  cancelled: Array<string>,
};
