// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { McpInvocation } from "./McpInvocation";

/** A call of an MCP tool begins. */
export type McpToolCallBeginEvent = {
  call_id: string,
  invocation: McpInvocation,
};
