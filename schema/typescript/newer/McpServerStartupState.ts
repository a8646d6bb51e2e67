// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How far an MCP server's start is. */
export type McpServerStartupState = "starting" | "ready" | "failed" | "cancelled";
