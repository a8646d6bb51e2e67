/** Reads what a tool call did from the conversation itself, for files that hold no end events of it. Pure. */

import {
  type CommandItem,
  type CommandResult,
  type CustomToolCallOutputItem,
  type FunctionCallOutputItem,
  type ItemStatus,
  type ResponseItem,
  type ThreadItem,
  webSearchText,
} from "@codex-ts/protocol";
import type { TurnRules } from "./rebuild.js";

/** The line that holds a call's result. */
export type CallOutcome = FunctionCallOutputItem | CustomToolCallOutputItem;

/** The item a call stands for, still open; null for calls that are not shown. */
export function itemOfCall(
  call: ResponseItem,
  folderOf: (workdir: string | null) => string,
  rules: TurnRules,
): { callId: string; item: ThreadItem } | null {
  switch (call.type) {
    case "function_call": {
      const item = itemOfFunction(call.name, call.call_id, parseArguments(call.arguments), folderOf, rules);
      return item && { callId: call.call_id, item };
    }
    case "custom_tool_call":
      if (call.name !== "apply_patch") return null;
      return { callId: call.call_id, item: patch(call.call_id, call.input, folderOf(null), rules) };
    case "local_shell_call": {
      const callId = call.call_id ?? call.id;
      if (typeof callId !== "string" || !Array.isArray(call.action.command)) return null;
      const cwd = folderOf(call.action.working_directory ?? null);
      return { callId, item: command(callId, call.action.command.map(String), cwd, rules) };
    }
    case "web_search_call": {
      const action = call.action ?? { type: "other" };
      const item: ThreadItem = { type: "webSearch", id: "", query: webSearchText(action), action };
      return { callId: `web-search:${call.id ?? ""}`, item };
    }
    default:
      return null;
  }
}

type Arguments = Readonly<Record<string, unknown>>;

function itemOfFunction(
  name: string,
  callId: string,
  given: Arguments,
  folderOf: (workdir: string | null) => string,
  rules: TurnRules,
): ThreadItem | null {
  const workdir = typeof given["workdir"] === "string" ? given["workdir"] : null;
  switch (name) {
    case "shell":
    case "container.exec":
    case "local_shell": {
      const argv = given["command"];
      return Array.isArray(argv) ? command(callId, argv.map(String), folderOf(workdir), rules) : null;
    }
    case "shell_command":
    case "exec_command": {
      const script = given["command"] ?? given["cmd"];
      const shell = typeof given["shell"] === "string" ? given["shell"] : "bash";
      const item =
        typeof script === "string" ? command(callId, [shell, "-lc", script], folderOf(workdir), rules) : null;
      if (item && name === "exec_command") item.source = "unified_exec_startup";
      return item;
    }
    case "apply_patch":
      return typeof given["input"] === "string" ? patch(callId, given["input"], folderOf(null), rules) : null;
    case "view_image":
      return typeof given["path"] === "string"
        ? { type: "imageView", id: callId, path: folderOf(given["path"]) }
        : null;
    default:
      return mcpCall(name, callId, given);
  }
}

function command(callId: string, argv: string[], cwd: string, rules: TurnRules): CommandItem {
  return {
    type: "command",
    id: callId,
    argv,
    cwd,
    actions: rules.commandActions(argv),
    source: "agent",
    processId: null,
    interactionInput: null,
    status: "inProgress",
    result: null,
  };
}

function patch(callId: string, text: string, cwd: string, rules: TurnRules): ThreadItem {
  return {
    type: "fileChange",
    id: callId,
    changes: rules.patchChanges(text, cwd),
    autoApproved: false,
    status: "inProgress",
    stdout: "",
    stderr: "",
  };
}

/** Tools of MCP servers are called `mcp__<server>__<tool>`. */
function mcpCall(name: string, callId: string, given: Arguments): ThreadItem | null {
  const match = /^mcp__(.+?)__(.+)$/s.exec(name);
  if (!match?.[1] || !match[2]) return null;
  return {
    type: "mcpCall",
    id: callId,
    invocation: { server: match[1], tool: match[2], arguments: given },
    status: "inProgress",
    result: null,
    error: null,
    durationMs: null,
  };
}

function parseArguments(text: string): Arguments {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    // The model wrote no JSON; the call failed then and has nothing to show.
    return {};
  }
}

/** The item with what its call gave back. */
export function withOutput(item: ThreadItem, outcome: CallOutcome): ThreadItem {
  const text = outputText(outcome);
  switch (item.type) {
    case "command": {
      const result = commandResult(text);
      return { ...item, status: statusOf(text, result.exitCode === 0), result };
    }
    case "fileChange": {
      const success = commandResult(text).exitCode === 0;
      const output = success ? { stdout: commandResult(text).aggregatedOutput } : { stderr: text };
      return { ...item, status: statusOf(text, success), ...output };
    }
    case "mcpCall": {
      const status = statusOf(text, true);
      if (status !== "completed") return { ...item, status, error: text };
      return { ...item, status, result: { content: [{ type: "text", text }] } };
    }
    default:
      return item;
  }
}

function outputText({ output }: CallOutcome): string {
  if (typeof output === "string") return output;
  return output.flatMap((part) => (part.type === "input_text" ? [part.text] : [])).join("\n");
}

/** What stands in place of a result when a call was cut short, or not made; a result itself never reads like this. */
const INTERRUPTED = /^(?:aborted|(?:Wall time: [\d.]+ seconds\n)?aborted by user(?: after [\d.]+s)?)$/;
const DECLINED = /^(?:exec command|exec_command failed:|patch).*\brejected by user/;

function statusOf(text: string, success: boolean): ItemStatus {
  if (INTERRUPTED.test(text)) return "interrupted";
  if (success) return "completed";
  return DECLINED.test(text) ? "declined" : "failed";
}

const TEXT_FORM =
  /^(?:Chunk ID: .*\n)?(?:Exit code: (-?\d+)\n)?Wall time: ([\d.]+) seconds\n(?:Process exited with code (-?\d+)\n)?(?:(?:Process running|Original token count|Total output lines)\b.*\n)*Output:\n/;

/** Takes the two forms apart in which results of commands are told to the model. */
function commandResult(text: string): CommandResult {
  const match = TEXT_FORM.exec(text);
  if (match) {
    const exitCode = Number(match[1] ?? match[3] ?? 0);
    return resultOf(text.slice(match[0].length), exitCode, Number(match[2]));
  }
  const { output, metadata } = parseArguments(text);
  if (typeof output === "string" && typeof metadata === "object" && metadata !== null) {
    const exitCode = "exit_code" in metadata ? Number(metadata.exit_code) : -1;
    const seconds = "duration_seconds" in metadata ? Number(metadata.duration_seconds) : 0;
    return resultOf(output, exitCode, seconds);
  }
  return resultOf(text, -1, 0);
}

function resultOf(output: string, exitCode: number, seconds: number): CommandResult {
  return {
    stdout: "",
    stderr: "",
    aggregatedOutput: output,
    formattedOutput: output,
    exitCode,
    durationMs: Math.round(seconds * 1000),
    timedOut: output.startsWith("command timed out after "),
  };
}
