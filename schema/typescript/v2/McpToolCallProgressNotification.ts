// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How far an MCP call is. */
export type McpToolCallProgressNotification = {
  threadId: string,
  turnId: string,
  itemId: string,
  message: string,
};
