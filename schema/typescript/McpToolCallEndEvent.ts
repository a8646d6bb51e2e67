// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Duration } from "./Duration";
import type { McpInvocation } from "./McpInvocation";
import type { Result_of_CallToolResult_or_String } from "./Result_of_CallToolResult_or_String";

/** A call of an MCP tool ended. */
export type McpToolCallEndEvent = {
  call_id: string,
  invocation: McpInvocation,
  duration: Duration,
  result: Result_of_CallToolResult_or_String,
};
