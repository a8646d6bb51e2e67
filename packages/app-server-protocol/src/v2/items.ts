/** Items: whatever a person or a client can see of a turn. */

import type { Int32, Int64, McpContent } from "@codex-ts/protocol";
import type { UserInput } from "./input.js";

/** Reads a file. @inline */
export interface ReadAction {
  type: "read";
  /** The part of the script that this entry stands for. */
  command: string;
  name: string;
  path: string;
}

/** Lists files. @inline */
export interface ListFilesAction {
  type: "listFiles";
  /** The part of the script that this entry stands for. */
  command: string;
  path: string | null;
}

/** Searches. @inline */
export interface SearchAction {
  type: "search";
  /** The part of the script that this entry stands for. */
  command: string;
  query: string | null;
  path: string | null;
}

/** Anything else. @inline */
export interface UnknownAction {
  type: "unknown";
  /** The part of the script that this entry stands for. */
  command: string;
}

/** What a command does, for display only. */
export type CommandAction = ReadAction | ListFilesAction | SearchAction | UnknownAction;

/** How a command is; everything but `inProgress` is final. */
export type CommandExecutionStatus = "inProgress" | "completed" | "failed" | "declined";

/** How a patch is; everything but `inProgress` is final. */
export type PatchApplyStatus = "inProgress" | "completed" | "failed" | "declined";

/** How an MCP call is; everything but `inProgress` is final. */
export type McpToolCallStatus = "inProgress" | "completed" | "failed";

/** How a call of another agent is; everything but `inProgress` is final. */
export type CollabAgentToolCallStatus = "inProgress" | "completed" | "failed";

/** A new file. @inline */
export interface AddChangeKind {
  type: "add";
}

/** A file goes. @inline */
export interface DeleteChangeKind {
  type: "delete";
}

/** A file changes, and may move. @inline */
export interface UpdateChangeKind {
  type: "update";
  /** The new path when the file is moved, else null; snake case on the wire. */
  move_path: string | null;
}

/** What a patch does to one file. */
export type PatchChangeKind = AddChangeKind | DeleteChangeKind | UpdateChangeKind;

/** One file of a patch. */
export interface FileUpdateChange {
  /** Absolute; the old path of a moved file. */
  path: string;
  kind: PatchChangeKind;
  /** The whole content for add and delete; hunks without file headers for update, followed by `\n\nMoved to: <path>` for a move. */
  diff: string;
}

/** The answer to an MCP call. */
export interface McpToolCallResult {
  content: McpContent[];
  /** null when the server gave none. @default null */
  structuredContent: unknown;
}

/** Why an MCP call has no answer. */
export interface McpToolCallError {
  message: string;
}

/** What an agent asks of another. */
export type CollabAgentTool = "spawnAgent" | "sendInput" | "wait" | "closeAgent";

/** How another agent is; everything but `pendingInit` and `running` is final. */
export type CollabAgentStatus = "pendingInit" | "running" | "completed" | "errored" | "shutdown" | "notFound";

/** How another agent is, with its last words. */
export interface CollabAgentState {
  status: CollabAgentStatus;
  /** Its last message, or its error; null when there is none. */
  message: string | null;
}

/** What the user sent. @inline */
export interface UserMessageItem {
  type: "userMessage";
  id: string;
  content: UserInput[];
}

/** What the model said; the text grows by deltas. @inline */
export interface AgentMessageItem {
  type: "agentMessage";
  id: string;
  text: string;
}

/** What the model thought: summaries, and raw text where a provider shows it. @inline */
export interface ReasoningItem {
  type: "reasoning";
  id: string;
  /** @default [] */
  summary: string[];
  /** @default [] */
  content: string[];
}

/** A command, from the moment it is known, before anybody is asked about it. @inline */
export interface CommandExecutionItem {
  type: "commandExecution";
  id: string;
  /** argv, joined with POSIX shell quoting. */
  command: string;
  cwd: string;
  /** The id of a session that outlives the call; null for plain commands. */
  processId: string | null;
  status: CommandExecutionStatus;
  commandActions: CommandAction[];
  /** null when there is none (yet). */
  aggregatedOutput: string | null;
  /** null while it runs, and when it never ran. */
  exitCode: Int32 | null;
  /** Milliseconds; null until it ended. */
  durationMs: Int64 | null;
}

/** A patch. @inline */
export interface FileChangeItem {
  type: "fileChange";
  id: string;
  /** Sorted by path. */
  changes: FileUpdateChange[];
  status: PatchApplyStatus;
}

/** A call of an MCP tool. @inline */
export interface McpToolCallItem {
  type: "mcpToolCall";
  id: string;
  server: string;
  tool: string;
  status: McpToolCallStatus;
  /** Any JSON; null when the model gave none. */
  arguments: unknown;
  result: McpToolCallResult | null;
  error: McpToolCallError | null;
  /** Milliseconds; null until it ended. */
  durationMs: Int64 | null;
}

/** Something done with another agent. @inline */
export interface CollabAgentToolCallItem {
  type: "collabAgentToolCall";
  id: string;
  tool: CollabAgentTool;
  status: CollabAgentToolCallStatus;
  senderThreadId: string;
  receiverThreadIds: string[];
  prompt: string | null;
  /** By thread id. */
  agentsStates: Record<string, CollabAgentState>;
}

/** A search that the provider runs; the query is empty until it is known. @inline */
export interface WebSearchItem {
  type: "webSearch";
  id: string;
  query: string;
}

/** An image that the model looked at. @inline */
export interface ImageViewItem {
  type: "imageView";
  id: string;
  path: string;
}

/** A review began. @inline */
export interface EnteredReviewModeItem {
  type: "enteredReviewMode";
  id: string;
  /** What is reviewed, or the rendered review. */
  review: string;
}

/** A review ended. @inline */
export interface ExitedReviewModeItem {
  type: "exitedReviewMode";
  id: string;
  /** What is reviewed, or the rendered review. */
  review: string;
}

/** Anything that can be seen in a turn. */
export type ThreadItem =
  | UserMessageItem
  | AgentMessageItem
  | ReasoningItem
  | CommandExecutionItem
  | FileChangeItem
  | McpToolCallItem
  | CollabAgentToolCallItem
  | WebSearchItem
  | ImageViewItem
  | EnteredReviewModeItem
  | ExitedReviewModeItem;
