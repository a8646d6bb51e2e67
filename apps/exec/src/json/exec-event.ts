/** The lines of `codex exec --json`: a contract with scripts and SDKs. Key order is part of it. */

import type { WebSearchAction } from "@codex-ts/protocol";

/** One line. */
export type ExecEvent =
  | { type: "thread.started"; thread_id: string }
  | { type: "turn.started" }
  | { type: "item.started" | "item.updated" | "item.completed"; item: ExecItem }
  | { type: "turn.completed"; usage: ExecUsage }
  | { type: "turn.failed"; error: { message: string } }
  | { type: "error"; message: string };

/** Tokens of the whole thread so far. */
export interface ExecUsage {
  input_tokens: number;
  cached_input_tokens: number;
  output_tokens: number;
}

/** How a call is. */
export type ExecStatus = "in_progress" | "completed" | "failed" | "declined";

/** What an item shows, apart from its id. */
export type ExecItemBody =
  | { type: "agent_message"; text: string }
  | { type: "reasoning"; text: string }
  | {
      type: "command_execution";
      command: string;
      aggregated_output: string;
      exit_code: number | null;
      status: ExecStatus;
    }
  | {
      type: "file_change";
      changes: { path: string; kind: "add" | "delete" | "update" }[];
      status: "in_progress" | "completed" | "failed";
    }
  | {
      type: "mcp_tool_call";
      server: string;
      tool: string;
      arguments: unknown;
      result: { content: unknown[]; structured_content: unknown } | null;
      error: { message: string } | null;
      status: "in_progress" | "completed" | "failed";
    }
  | {
      type: "collab_tool_call";
      tool: string;
      sender_thread_id: string;
      receiver_thread_ids: string[];
      prompt: string | null;
      agents_states: Record<string, { status: string; message: string | null }>;
      status: "in_progress" | "completed" | "failed";
    }
  | { type: "web_search"; callId: string; query: string; action: WebSearchAction }
  | { type: "todo_list"; items: { text: string; completed: boolean }[] }
  | { type: "error"; message: string };

/** An item as it stands in a line. */
export type ExecItem = { id: string } & ExecItemBody;

/** The line's text. A search has two keys `id`, as the original writes them: the item's, then the call's. */
export function lineOf(event: ExecEvent): string {
  if (!("item" in event) || event.item.type !== "web_search") return JSON.stringify(event);
  const { id, type, callId, query, action } = event.item;
  const ids = `"id":${JSON.stringify(id)},"type":"${type}","id":${JSON.stringify(callId)}`;
  return `{"type":"${event.type}","item":{${ids},"query":${JSON.stringify(query)},"action":${JSON.stringify(action)}}}`;
}
