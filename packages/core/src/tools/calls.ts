/** Tells which of the model's items are calls. */

import type { ResponseItem } from "@codex-ts/protocol";
import type { ToolCall } from "./tool.js";

/** The call in an item; null when it is none. */
export function toolCallOf(item: ResponseItem): ToolCall | null {
  switch (item.type) {
    case "function_call":
      return { callId: item.call_id, name: item.name, payload: { kind: "function", arguments: item.arguments } };
    case "custom_tool_call":
      return { callId: item.call_id, name: item.name, payload: { kind: "custom", input: item.input } };
    case "local_shell_call":
      return {
        callId: item.call_id ?? item.id ?? "",
        name: "local_shell",
        payload: { kind: "localShell", action: item.action },
      };
    default:
      return null;
  }
}
