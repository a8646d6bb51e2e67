/** Calls that the model made, as session files keep them -> the items they were. */

import type { ThreadItem } from "../../items.js";
import type { Plan, PlanItem } from "../../plan.js";
import type { ResponseItem, WebSearchAction } from "../../response-items.js";
import { webSearchText } from "../web-search-text.js";
import { changesOfPatch } from "./stored-patch.js";

/**
 * @param cwd the turn's folder, for calls that name none
 * @returns null for what was no item: messages (their events stand in the file too), plans, reads of the agent's own tools
 */
export function itemOfCall(stored: ResponseItem, cwd: string): ThreadItem | null {
  switch (stored.type) {
    case "local_shell_call": {
      const id = stored.call_id ?? stored.id ?? "";
      return command(id, stored.action.command, stored.action.working_directory ?? "", cwd);
    }
    case "function_call":
      return functionCall(stored.call_id, stored.name, argumentsOf(stored.arguments), cwd);
    case "custom_tool_call":
      return stored.name === "apply_patch" ? patch(stored.call_id, stored.input, cwd) : null;
    case "web_search_call":
      return webSearch(stored.action ?? { type: "other" });
    default:
      return null;
  }
}

/** @returns the plan that a call told, or null when it told none */
export function planOfCall(stored: ResponseItem): Plan | null {
  if (stored.type !== "function_call" || stored.name !== "update_plan") return null;
  const { explanation, plan } = argumentsOf(stored.arguments);
  if (!Array.isArray(plan) || !plan.every(isPlanItem)) return null;
  return { explanation: typeof explanation === "string" ? explanation : null, plan };
}

function isPlanItem(value: unknown): value is PlanItem {
  if (typeof value !== "object" || value === null || !("step" in value) || !("status" in value)) return false;
  return typeof value.step === "string" && ["pending", "in_progress", "completed"].includes(String(value.status));
}

/** The model wrote the arguments; they may be anything. */
function argumentsOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    // the call failed for this very reason; it is shown without details
    return {};
  }
}

function functionCall(id: string, name: string, args: Record<string, unknown>, cwd: string): ThreadItem | null {
  const folder = text(args["workdir"]);
  switch (name) {
    case "shell":
    case "container.exec":
      return command(id, texts(args["command"]), folder, cwd);
    case "shell_command":
      return command(id, ["bash", "-lc", text(args["command"])], folder, cwd);
    case "exec_command":
      return command(id, ["bash", "-lc", text(args["cmd"])], folder, cwd);
    case "apply_patch":
      return patch(id, text(args["input"]), cwd);
    case "view_image":
      return { type: "imageView", id, path: joined(cwd, text(args["path"])) };
    default:
      return mcpCall(id, name, args);
  }
}

function command(id: string, argv: string[], folder: string, cwd: string): ThreadItem {
  const script = argv.length === 3 && argv[1] === "-lc" ? (argv[2] ?? "") : argv.join(" ");
  return {
    type: "command",
    id,
    argv,
    cwd: joined(cwd, folder),
    actions: [{ type: "unknown", cmd: script }],
    source: "agent",
    processId: null,
    interactionInput: null,
    status: "inProgress",
    result: null,
  };
}

function patch(id: string, input: string, cwd: string): ThreadItem {
  const changes = Object.fromEntries(
    Object.entries(changesOfPatch(input)).map(([path, change]) => [joined(cwd, path), change]),
  );
  return { type: "fileChange", id, changes, autoApproved: false, status: "inProgress", stdout: "", stderr: "" };
}

/** Tools of MCP servers are called `mcp__<server>__<tool>`. */
function mcpCall(id: string, name: string, args: Record<string, unknown>): ThreadItem | null {
  const [, server, tool] = /^mcp__(.+?)__(.+)$/s.exec(name) ?? [];
  if (server === undefined || tool === undefined) return null;
  const invocation = { server, tool, arguments: args };
  return { type: "mcpCall", id, invocation, status: "inProgress", result: null, error: null, durationMs: null };
}

function webSearch(action: WebSearchAction): ThreadItem {
  return { type: "webSearch", id: "", query: webSearchText(action), action };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text) : [];
}

/** Not normalised, as the original's events are not. */
function joined(cwd: string, path: string): string {
  if (path === "") return cwd;
  return /^([/\\]|[A-Za-z]:)/.test(path) ? path : `${cwd.replace(/[/\\]$/, "")}/${path}`;
}
