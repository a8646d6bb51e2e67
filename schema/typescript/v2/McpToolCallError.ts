// GENERATED CODE! DO NOT MODIFY BY HAND!

/** Why an MCP call has no answer. */
export type McpToolCallError = {
  message: string,
};
