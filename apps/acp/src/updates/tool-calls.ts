/** Items of a turn as tool calls of the protocol. Pure. */

import { basename, resolve } from "node:path";
import type { ContentBlock, ToolCall, ToolCallContent, ToolCallLocation, ToolKind } from "@agentclientprotocol/sdk";
import { quoteCommand } from "@codex-ts/shell-command";
import type { AgentStatus, ItemStatus, McpContent, ParsedCommand, ThreadItem } from "@codex-ts/protocol";
import { changedPlaces, diffsOf } from "./diffs.js";

type Of<Type extends ThreadItem["type"]> = Extract<ThreadItem, { type: Type }>;

/** Items that are told as tool calls. */
export type CallItem = Of<"command" | "fileChange" | "mcpCall" | "webSearch" | "imageView" | "subAgent">;

/** Whether an item is told as a tool call, and not as text. */
export function isCall(item: ThreadItem): item is CallItem {
  return !["userMessage", "agentMessage", "reasoning", "review"].includes(item.type);
}

/** The whole tool call as the item is now. */
export function toolCallOf(item: CallItem): ToolCall {
  const about = { toolCallId: item.id };
  switch (item.type) {
    case "command":
      return { ...about, ...command(item), status: statusOf(item.status) };
    case "fileChange":
      return { ...about, ...fileChange(item), status: statusOf(item.status) };
    case "mcpCall":
      return { ...about, ...mcpCall(item), status: statusOf(item.status) };
    case "webSearch":
      return { ...about, title: item.query === "" ? "Search the web" : item.query, kind: "fetch", status: "completed" };
    case "imageView": {
      const locations = [{ path: item.path }];
      return { ...about, title: `View ${basename(item.path)}`, kind: "read", locations, status: "completed" };
    }
    case "subAgent":
      return { ...about, ...subAgent(item), status: statusOf(item.status) };
  }
}

// helpers

type Description = Omit<ToolCall, "toolCallId" | "status">;

function statusOf(status: ItemStatus): NonNullable<ToolCall["status"]> {
  if (status === "inProgress") return "in_progress";
  return status === "completed" ? "completed" : "failed";
}

function command({ argv, cwd, actions, result, status }: Of<"command">): Description {
  const text = scriptOf(argv);
  const shown = result === null || result.aggregatedOutput === "" ? null : fenced(result.aggregatedOutput);
  return {
    title: titleOf(actions, text),
    kind: kindOf(actions),
    locations: actions.flatMap((action) => placeOf(action, cwd)),
    rawInput: { command: argv, cwd },
    content: shown === null ? [] : [textContent(shown)],
    ...(result === null
      ? {}
      : { rawOutput: { exitCode: result.exitCode, output: result.aggregatedOutput, declined: status === "declined" } }),
  };
}

/** What a person would type: without the shell that runs it. */
function scriptOf(argv: readonly string[]): string {
  const [, flag, script] = argv;
  return argv.length === 3 && (flag === "-lc" || flag === "-c") && script !== undefined ? script : quoteCommand(argv);
}

function titleOf(actions: readonly ParsedCommand[], script: string): string {
  const [only] = actions;
  if (actions.length !== 1 || only === undefined) return script;
  switch (only.type) {
    case "read":
      return `Read ${only.name}`;
    case "list_files":
      return `List ${only.path ?? "files"}`;
    case "search":
      return `Search ${[only.query, only.path].filter((part) => part !== null && part !== undefined).join(" in ")}`;
    case "unknown":
      return script;
  }
}

const KINDS: Record<ParsedCommand["type"], ToolKind> = {
  read: "read",
  list_files: "search",
  search: "search",
  unknown: "execute",
};

/** What all parts of a command are; a mixture is just run. */
function kindOf(actions: readonly ParsedCommand[]): ToolKind {
  const [kind, ...others] = new Set(actions.map(({ type }) => KINDS[type]));
  return kind !== undefined && others.length === 0 ? kind : "execute";
}

function placeOf(action: ParsedCommand, cwd: string): ToolCallLocation[] {
  return action.type === "read" ? [{ path: resolve(cwd, action.path) }] : [];
}

function fileChange({ changes, stdout, stderr, status }: Of<"fileChange">): Description {
  const files = Object.keys(changes).toSorted();
  const [first = "files"] = files;
  const failure = status === "failed" && stderr !== "" ? [textContent(stderr)] : [];
  return {
    title: files.length > 1 ? `Edit ${files.length} files` : `Edit ${basename(first)}`,
    kind: "edit",
    locations: changedPlaces(changes),
    content: [...diffsOf(changes), ...failure],
    ...(status === "inProgress" ? {} : { rawOutput: { stdout, stderr } }),
  };
}

function mcpCall({ invocation, result, error }: Of<"mcpCall">): Description {
  const content = (result?.content ?? []).flatMap(mcpContent);
  return {
    title: `${invocation.server}: ${invocation.tool}`,
    kind: "other",
    rawInput: invocation.arguments ?? null,
    content: error === null ? content : [textContent(error)],
    ...(result === null ? {} : { rawOutput: result }),
  };
}

/** MCP's blocks are the protocol's own; what is none of them is left to `rawOutput`. */
function mcpContent(part: McpContent): ToolCallContent[] {
  const { type, text, data, mimeType } = part as Record<string, unknown>;
  if (type === "text" && typeof text === "string") return [textContent(text)];
  if (type !== "image" || typeof data !== "string" || typeof mimeType !== "string") return [];
  const content: ContentBlock = { type: "image", data, mimeType };
  return [{ type: "content", content }];
}

function subAgent({ tool, prompt, states }: Of<"subAgent">): Description {
  const titles = {
    spawn_agent: "Start an agent",
    send_input: "Tell an agent",
    wait: "Wait for agents",
    close_agent: "Close an agent",
  };
  const said = Object.values(states).flatMap(lastWords);
  return {
    title: titles[tool],
    kind: "think",
    rawInput: { prompt },
    content: [...(prompt === null ? [] : [prompt]), ...said].map(textContent),
  };
}

function lastWords(status: AgentStatus): string[] {
  if (typeof status === "string") return [];
  const said = "completed" in status ? status.completed : status.errored;
  return said === null ? [] : [said];
}

function textContent(text: string): ToolCallContent {
  return { type: "content", content: { type: "text", text } };
}

/** Output as Markdown shows it: in a fence longer than any inside. */
function fenced(output: string): string {
  const longest = Math.max(2, ...(output.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${output}${output.endsWith("\n") ? "" : "\n"}${fence}`;
}
