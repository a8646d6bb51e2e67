/** Items: whatever a person or client can see of a turn. Each has a beginning, changes, and exactly one end. */

import type { ExecCommandSource, FileChanges, ParsedCommand } from "./commands.js";
import type { ItemId, ThreadId } from "./ids.js";
import type { McpInvocation, McpToolResult } from "./mcp.js";
import type { WebSearchAction } from "./response-items.js";
import type { ReviewOutput, ReviewTarget } from "./review.js";
import type { AgentStatus, SubAgentTool } from "./sub-agents.js";
import type { UserInput } from "./user-input.js";

/** How an item is: it begins `inProgress` and ends as one of the others. */
export type ItemStatus = "inProgress" | "completed" | "failed" | "declined" | "interrupted";

/** What the user sent, a steering message included. */
export interface UserMessageItem {
  type: "userMessage";
  id: ItemId;
  content: UserInput[];
}

/** What the model said. `text` is empty at the start and grows by deltas. */
export interface AgentMessageItem {
  type: "agentMessage";
  id: ItemId;
  text: string;
}

/** What the model thought: summaries, and raw text where a provider shows it. */
export interface ReasoningThreadItem {
  type: "reasoning";
  id: ItemId;
  summary: string[];
  raw: string[];
}

/** A command, from the moment it is known, before anybody is asked about it. */
export interface CommandItem {
  type: "command";
  id: ItemId;
  /** As it would be executed, before any sandbox wraps it. */
  argv: string[];
  cwd: string;
  actions: ParsedCommand[];
  source: ExecCommandSource;
  /** The id of the live process, for sessions that outlive the call. */
  processId: string | null;
  /** What was typed into a running session, for `unified_exec_interaction`. */
  interactionInput: string | null;
  status: ItemStatus;
  /** null while it runs. */
  result: CommandResult | null;
}

/** How a command ended. */
export interface CommandResult {
  stdout: string;
  stderr: string;
  /** Both streams, in the order of arrival. */
  aggregatedOutput: string;
  /** `aggregatedOutput` as the model gets it, truncated. */
  formattedOutput: string;
  /** -1 when it never ran; 128+n when signal n ended it; 124 after a timeout. */
  exitCode: number;
  durationMs: number;
  timedOut: boolean;
}

/** A patch. */
export interface FileChangeItem {
  type: "fileChange";
  id: ItemId;
  changes: FileChanges;
  /** Nobody was asked before the first attempt. */
  autoApproved: boolean;
  status: ItemStatus;
  stdout: string;
  stderr: string;
}

/** A call of an MCP tool or resource. */
export interface McpCallItem {
  type: "mcpCall";
  id: ItemId;
  invocation: McpInvocation;
  status: ItemStatus;
  result: McpToolResult | null;
  /** Why there is no result; null when there is one. */
  error: string | null;
  durationMs: number | null;
}

/** A search that the server runs. */
export interface WebSearchItem {
  type: "webSearch";
  id: ItemId;
  /** What is shown for it: the query, the URL, or `'pattern' in URL`. Empty until it is known. */
  query: string;
  action: WebSearchAction;
}

/** An image the model looked at. */
export interface ImageViewItem {
  type: "imageView";
  id: ItemId;
  path: string;
}

/** A review, from entering review mode to leaving it. */
export interface ReviewItem {
  type: "review";
  id: ItemId;
  target: ReviewTarget;
  hint: string | null;
  status: ItemStatus;
  output: ReviewOutput | null;
}

/** Something done with another agent. */
export interface SubAgentItem {
  type: "subAgent";
  id: ItemId;
  tool: SubAgentTool;
  senderThreadId: ThreadId;
  receiverThreadIds: ThreadId[];
  prompt: string | null;
  states: Record<ThreadId, AgentStatus>;
  status: ItemStatus;
}

/** Anything that can be seen in a thread. */
export type ThreadItem =
  | UserMessageItem
  | AgentMessageItem
  | ReasoningThreadItem
  | CommandItem
  | FileChangeItem
  | McpCallItem
  | WebSearchItem
  | ImageViewItem
  | ReviewItem
  | SubAgentItem;

/** A change of an open item. */
export type ItemDelta =
  | { kind: "text"; text: string }
  | { kind: "reasoningSummary"; summaryIndex: number; text: string }
  /** A new summary paragraph begins. */
  | { kind: "reasoningSection"; summaryIndex: number }
  | { kind: "reasoningRaw"; contentIndex: number; text: string }
  /** Raw bytes, cut at character borders where the output is UTF-8. */
  | { kind: "commandOutput"; stream: "stdout" | "stderr"; chunk: Uint8Array }
  /** Text written to a session's terminal; empty for a poll. */
  | { kind: "terminalInput"; processId: string; text: string };
