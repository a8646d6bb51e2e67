/** What is seen of a turn, as `codex exec --json` writes it. Key order is part of the format. */

import type { McpContent, WebSearchAction } from "@codex-ts/protocol";

/** What the model said: text, or JSON when an output schema was given. */
export interface AgentMessageItem {
  id: string;
  type: "agent_message";
  text: string;
}

/** One paragraph of the summary of what the model thought. */
export interface ReasoningItem {
  id: string;
  type: "reasoning";
  text: string;
}

/** How a command is. `declined`: somebody, or a rule, said no. */
export type CommandExecutionStatus = "in_progress" | "completed" | "failed" | "declined";

/** A command. */
export interface CommandExecutionItem {
  id: string;
  type: "command_execution";
  /** Quoted for a shell. */
  command: string;
  /** Both streams, in the order of arrival; empty while it runs. */
  aggregated_output: string;
  /** null while it runs. */
  exit_code: number | null;
  status: CommandExecutionStatus;
}

/** What happens to a file. */
export type PatchChangeKind = "add" | "delete" | "update";

/** A patch, told when it is applied or has failed. */
export interface FileChangeItem {
  id: string;
  type: "file_change";
  changes: { path: string; kind: PatchChangeKind }[];
  status: "in_progress" | "completed" | "failed";
}

/** A call of a tool of an MCP server. */
export interface McpToolCallItem {
  id: string;
  type: "mcp_tool_call";
  server: string;
  tool: string;
  arguments: unknown;
  result: { content: McpContent[]; structured_content: unknown } | null;
  error: { message: string } | null;
  status: "in_progress" | "completed" | "failed";
}

/** Something done with another agent. */
export interface CollabToolCallItem {
  id: string;
  type: "collab_tool_call";
  tool: string;
  sender_thread_id: string;
  receiver_thread_ids: string[];
  prompt: string | null;
  agents_states: Record<string, { status: string; message: string | null }>;
  status: "in_progress" | "completed" | "failed";
}

/** A search on the web. */
export interface WebSearchItem {
  id: string;
  type: "web_search";
  /** The call's own id. A line of `codex exec` has it under a second `id`, which is what its readers see as `id`. */
  call_id?: string;
  query: string;
  action?: WebSearchAction;
}

/** The model's plan. */
export interface TodoListItem {
  id: string;
  type: "todo_list";
  items: { text: string; completed: boolean }[];
}

/** Something that went wrong and did not end the turn. */
export interface ErrorItem {
  id: string;
  type: "error";
  message: string;
}

/** Anything that is seen of a turn. */
export type ThreadItem =
  | AgentMessageItem
  | ReasoningItem
  | CommandExecutionItem
  | FileChangeItem
  | McpToolCallItem
  | CollabToolCallItem
  | WebSearchItem
  | TodoListItem
  | ErrorItem;
