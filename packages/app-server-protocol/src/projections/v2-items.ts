/** ThreadItem -> the items of v2. */

import {
  type AgentStatus,
  type CommandItem,
  type FileChange,
  type FileChanges,
  type ItemStatus,
  type McpCallItem,
  type ParsedCommand,
  renderReview,
  type ReviewItem,
  type ReviewTarget,
  type SubAgentItem,
  type ThreadItem as CoreItem,
} from "@codex-ts/protocol";
import type {
  CollabAgentState,
  CollabAgentTool,
  CommandAction,
  CommandExecutionStatus,
  FileUpdateChange,
  PatchChangeKind,
  ThreadItem,
} from "../v2/items.js";
import { userInputToV2 } from "./policies.js";

/** Joins argv to a line that a POSIX shell reads back; `quoteCommand` of the shell-command package. */
export type QuoteCommand = (argv: readonly string[]) => string;

/** The items of v2 that one item of core is: two for a review, which v2 tells as its beginning and its end. */
export type V2Item = Exclude<CoreItem, ReviewItem>;

/** @returns the item in v2's words, as it is now */
export function itemToV2(item: V2Item, quoteCommand: QuoteCommand): ThreadItem {
  switch (item.type) {
    case "userMessage":
      return { type: "userMessage", id: item.id, content: item.content.map(userInputToV2) };
    case "agentMessage":
      return { type: "agentMessage", id: item.id, text: item.text };
    case "reasoning":
      return { type: "reasoning", id: item.id, summary: item.summary, content: item.raw };
    case "command":
      return commandExecution(item, quoteCommand);
    case "fileChange":
      return {
        type: "fileChange",
        id: item.id,
        changes: fileUpdateChanges(item.changes),
        status: commandStatus(item.status),
      };
    case "mcpCall":
      return mcpToolCall(item);
    case "webSearch":
      return { type: "webSearch", id: item.id, query: item.query };
    case "imageView":
      return { type: "imageView", id: item.id, path: item.path };
    case "subAgent":
      return collabAgentToolCall(item);
  }
}

/** @returns the item that tells that a review began */
export function reviewBeginning(item: ReviewItem, turnId: string): ThreadItem {
  return { type: "enteredReviewMode", id: turnId, review: item.hint ?? reviewHint(item.target) };
}

/** @returns the item that tells what a review found */
export function reviewEnd(item: ReviewItem, turnId: string): ThreadItem {
  return { type: "exitedReviewMode", id: turnId, review: renderReview(item.output) };
}

/** @returns what a client shows for a review: `changes against 'main'` */
export function reviewHint(target: ReviewTarget): string {
  switch (target.type) {
    case "uncommittedChanges":
      return "current changes";
    case "baseBranch":
      return `changes against '${target.branch}'`;
    case "commit": {
      const title = target.title ?? "";
      return `commit ${target.sha.slice(0, 7)}${title === "" ? "" : `: ${title}`}`;
    }
    case "custom":
      return target.instructions.trim();
  }
}

/** @returns a command's action in v2's words */
export function commandActionToV2(action: ParsedCommand): CommandAction {
  switch (action.type) {
    case "read":
      return { type: "read", command: action.cmd, name: action.name, path: action.path };
    case "list_files":
      return { type: "listFiles", command: action.cmd, path: action.path ?? null };
    case "search":
      return { type: "search", command: action.cmd, query: action.query ?? null, path: action.path ?? null };
    case "unknown":
      return { type: "unknown", command: action.cmd };
  }
}

/** @returns changes sorted by path */
export function fileUpdateChanges(changes: FileChanges): FileUpdateChange[] {
  return Object.entries(changes)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([path, change]) => ({ path, kind: changeKind(change), diff: changeDiff(change) }));
}

function changeKind(change: FileChange): PatchChangeKind {
  return change.type === "update" ? { type: "update", move_path: change.move_path ?? null } : { type: change.type };
}

function changeDiff(change: FileChange): string {
  if (change.type !== "update") return change.content;
  return change.move_path ? `${change.unified_diff}\n\nMoved to: ${change.move_path}` : change.unified_diff;
}

function commandExecution(item: CommandItem, quoteCommand: QuoteCommand): ThreadItem {
  const { result } = item;
  // a declined command has no outcome to show; how it is told to the model is not of interest here
  const shown = item.status === "declined" ? null : result;
  return {
    type: "commandExecution",
    id: item.id,
    command: quoteCommand(item.argv),
    cwd: item.cwd,
    processId: item.processId,
    status: commandStatus(item.status),
    commandActions: item.actions.map(commandActionToV2),
    aggregatedOutput: shown === null || shown.aggregatedOutput === "" ? null : shown.aggregatedOutput,
    exitCode: shown?.exitCode ?? null,
    durationMs: shown?.durationMs ?? null,
  };
}

/** v2 has no word for an interrupted item: it failed. */
function commandStatus(status: ItemStatus): CommandExecutionStatus {
  return status === "interrupted" ? "failed" : status;
}

function callStatus(status: ItemStatus): "inProgress" | "completed" | "failed" {
  return status === "inProgress" || status === "completed" ? status : "failed";
}

function mcpToolCall(item: McpCallItem): ThreadItem {
  const { result, invocation } = item;
  const failed = result?.isError === true;
  return {
    type: "mcpToolCall",
    id: item.id,
    server: invocation.server,
    tool: invocation.tool,
    status: failed ? "failed" : callStatus(item.status),
    arguments: invocation.arguments ?? null,
    result: result === null ? null : { content: result.content, structuredContent: result.structuredContent ?? null },
    error: item.error === null ? null : { message: item.error },
    durationMs: item.durationMs,
  };
}

const collabTools: Record<SubAgentItem["tool"], CollabAgentTool> = {
  spawn_agent: "spawnAgent",
  send_input: "sendInput",
  wait: "wait",
  close_agent: "closeAgent",
};

function collabAgentToolCall(item: SubAgentItem): ThreadItem {
  const states = Object.entries(item.states).map(([id, status]) => [id, collabState(status)] as const);
  return {
    type: "collabAgentToolCall",
    id: item.id,
    tool: collabTools[item.tool],
    status: callStatus(item.status),
    senderThreadId: item.senderThreadId,
    receiverThreadIds: item.receiverThreadIds,
    prompt: item.prompt,
    agentsStates: Object.fromEntries(states),
  };
}

function collabState(status: AgentStatus): CollabAgentState {
  if (typeof status === "object") {
    if ("completed" in status) return { status: "completed", message: status.completed };
    return { status: "errored", message: status.errored };
  }
  switch (status) {
    case "pending_init":
      return { status: "pendingInit", message: null };
    case "not_found":
      return { status: "notFound", message: null };
    default:
      return { status, message: null };
  }
}
