// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { CollabAgentState } from "./CollabAgentState";
import type { CollabAgentTool } from "./CollabAgentTool";
import type { CollabAgentToolCallStatus } from "./CollabAgentToolCallStatus";
import type { CommandAction } from "./CommandAction";
import type { CommandExecutionStatus } from "./CommandExecutionStatus";
import type { FileUpdateChange } from "./FileUpdateChange";
import type { JsonValue } from "../serde_json/JsonValue";
import type { McpToolCallError } from "./McpToolCallError";
import type { McpToolCallResult } from "./McpToolCallResult";
import type { McpToolCallStatus } from "./McpToolCallStatus";
import type { PatchApplyStatus } from "./PatchApplyStatus";
import type { UserInput } from "./UserInput";

/** Anything that can be seen in a turn. */
export type ThreadItem = {
  type: "userMessage",
  id: string,
  content: Array<UserInput>,
} | {
  type: "agentMessage",
  id: string,
  text: string,
} | {
  type: "reasoning",
  id: string,
  summary: Array<string>,
  content: Array<string>,
} | {
  type: "commandExecution",
  id: string,
  /** argv, joined with POSIX shell quoting. */
  command: string,
  cwd: string,
  /** The id of a session that outlives the call; null for plain commands. */
  processId: string | null,
  status: CommandExecutionStatus,
  commandActions: Array<CommandAction>,
  /** null when there is none (yet). */
  aggregatedOutput: string | null,
  /** null while it runs, and when it never ran. */
  exitCode: number | null,
  /** Milliseconds; null until it ended. */
  durationMs: number | null,
} | {
  type: "fileChange",
  id: string,
  /** Sorted by path. */
  changes: Array<FileUpdateChange>,
  status: PatchApplyStatus,
} | {
  type: "mcpToolCall",
  id: string,
  server: string,
  tool: string,
  status: McpToolCallStatus,
  /** Any JSON; null when the model gave none. */
  arguments: JsonValue,
  result: McpToolCallResult | null,
  error: McpToolCallError | null,
  /** Milliseconds; null until it ended. */
  durationMs: number | null,
} | {
  type: "collabAgentToolCall",
  id: string,
  tool: CollabAgentTool,
  status: CollabAgentToolCallStatus,
  senderThreadId: string,
  receiverThreadIds: Array<string>,
  prompt: string | null,
  /** By thread id. */
  agentsStates: { [key in string]?: CollabAgentState },
} | {
  type: "webSearch",
  id: string,
  query: string,
} | {
  type: "imageView",
  id: string,
  path: string,
} | {
  type: "enteredReviewMode",
  id: string,
  /** What is reviewed, or the rendered review. */
  review: string,
} | {
  type: "exitedReviewMode",
  id: string,
  /** What is reviewed, or the rendered review. */
  review: string,
};
