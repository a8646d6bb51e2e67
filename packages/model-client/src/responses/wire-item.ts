/** Writes a conversation's items the way the Responses API is sent them. Pure. */

import type { ReasoningItem, ResponseItem } from "@codex-ts/protocol";

/** An item as JSON members, in the order in which they are written. */
export type WireItem = Readonly<Record<string, unknown>>;

/**
 * @param keepIds for providers that store responses (Azure): items get back the id the server gave them
 * @returns null for items that are never sent
 */
export function wireItem(item: ResponseItem, keepIds: boolean): WireItem | null {
  const wire = withoutId(item);
  if (wire === null || !keepIds || !("id" in item) || typeof item.id !== "string" || item.id === "") return wire;
  return { ...wire, id: item.id };
}

function withoutId(item: ResponseItem): WireItem | null {
  switch (item.type) {
    case "message":
      return { type: item.type, role: item.role, content: item.content, ...present("end_turn", item.end_turn) };
    case "reasoning":
      return reasoning(item);
    case "function_call":
      return { type: item.type, name: item.name, arguments: item.arguments, call_id: item.call_id };
    case "custom_tool_call":
      return {
        type: item.type,
        ...present("status", item.status),
        call_id: item.call_id,
        name: item.name,
        input: item.input,
      };
    case "local_shell_call":
      return { type: item.type, call_id: item.call_id ?? null, status: item.status, action: item.action };
    case "web_search_call":
      return { type: item.type, ...present("status", item.status), ...present("action", item.action) };
    case "function_call_output":
    case "custom_tool_call_output":
      return { type: item.type, call_id: item.call_id, output: item.output };
    case "compaction":
      return { type: item.type, encrypted_content: item.encrypted_content };
    case "ghost_snapshot":
    case "other":
      return null;
  }
}

/** `content` goes out when it holds real reasoning, as null when there is none, and not at all when it is only plain text. */
function reasoning(item: ReasoningItem): WireItem {
  const encrypted = item.encrypted_content ?? null;
  const content = item.content ?? null;
  if (content !== null && !content.some((part) => part.type === "reasoning_text")) {
    return { type: item.type, summary: item.summary, encrypted_content: encrypted };
  }
  return { type: item.type, summary: item.summary, content, encrypted_content: encrypted };
}

function present(key: string, value: unknown): WireItem {
  return value === undefined || value === null ? {} : { [key]: value };
}
