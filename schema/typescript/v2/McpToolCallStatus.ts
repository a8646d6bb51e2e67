// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How an MCP call is; everything but `inProgress` is final. */
export type McpToolCallStatus = "inProgress" | "completed" | "failed";
