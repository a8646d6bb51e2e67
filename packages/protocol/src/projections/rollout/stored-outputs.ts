/** Outputs of calls, as session files keep them for the model -> how the items ended. */

import type { CommandItem, CommandResult, FileChangeItem, ItemStatus, McpCallItem, ThreadItem } from "../../items.js";
import type { McpContent } from "../../mcp.js";
import type { FunctionCallOutput } from "../../response-items.js";

/** @returns the item as it ended */
export function withOutput(item: ThreadItem, output: FunctionCallOutput): ThreadItem {
  switch (item.type) {
    case "command":
      return endedCommand(item, textOf(output));
    case "fileChange":
      return endedPatch(item, textOf(output));
    case "mcpCall":
      return endedMcpCall(item, output);
    default:
      return item;
  }
}

/** What the text for the model says of the run. */
interface StoredRun {
  status: ItemStatus;
  exitCode: number;
  seconds: number;
  output: string;
}

function endedCommand(item: CommandItem, text: string): CommandItem {
  const run = storedRun(text);
  const result: CommandResult = {
    stdout: run.output,
    stderr: "",
    aggregatedOutput: run.output,
    formattedOutput: text,
    exitCode: run.exitCode,
    durationMs: Math.round(run.seconds * 1000),
    timedOut: /^command timed out after \d+ milliseconds/.test(run.output),
  };
  return { ...item, status: run.status, result };
}

function endedPatch(item: FileChangeItem, text: string): FileChangeItem {
  const run = storedRun(text);
  const [stdout, stderr] = run.status === "completed" ? [run.output, ""] : ["", run.output];
  return { ...item, status: run.status, stdout, stderr };
}

function endedMcpCall(item: McpCallItem, output: FunctionCallOutput): McpCallItem {
  if (isInterruption(textOf(output))) return { ...item, status: "interrupted", error: textOf(output) };
  return { ...item, status: "completed", result: { content: mcpContent(output) } };
}

function mcpContent(output: FunctionCallOutput): McpContent[] {
  const parts = typeof output === "string" ? [output] : output;
  return parts.map((part) => {
    if (typeof part === "string") return { type: "text", text: part };
    return part.type === "input_text" ? { type: "text", text: part.text } : { type: "image", url: part.image_url };
  });
}

function textOf(output: FunctionCallOutput): string {
  if (typeof output === "string") return output;
  return output.map((part) => (part.type === "input_text" ? part.text : "")).join("");
}

function storedRun(text: string): StoredRun {
  if (isInterruption(text)) return { status: "interrupted", exitCode: -1, seconds: seconds(text), output: "" };
  if (/rejected by user/.test(text)) return { status: "declined", exitCode: -1, seconds: 0, output: text };
  const run = jsonRun(text) ?? textRun(text);
  return run ?? { status: "failed", exitCode: -1, seconds: 0, output: text };
}

function isInterruption(text: string): boolean {
  return /^(Wall time: [\d.]+ seconds\n)?aborted( by user( after [\d.]+s)?)?$/.test(text);
}

function seconds(text: string): number {
  return Number(/Wall time: ([\d.]+) seconds|after ([\d.]+)s/.exec(text)?.slice(1).find(Boolean) ?? 0);
}

/** `{"output":…,"metadata":{"exit_code":…,"duration_seconds":…}}` */
function jsonRun(text: string): StoredRun | null {
  if (!text.startsWith("{")) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // a program's own output that begins like JSON
    return null;
  }
  if (typeof value !== "object" || value === null || !("output" in value) || !("metadata" in value)) return null;
  const { output, metadata } = value;
  if (typeof output !== "string" || typeof metadata !== "object" || metadata === null) return null;
  const exitCode = "exit_code" in metadata ? Number(metadata.exit_code) : -1;
  const duration = "duration_seconds" in metadata ? Number(metadata.duration_seconds) : 0;
  return { status: statusOf(exitCode), exitCode, seconds: duration, output };
}

/** `Exit code: 0` or `Process exited with code 0`, some lines, `Output:`, and the output. */
function textRun(text: string): StoredRun | null {
  const [head, ...rest] = text.split(/^Output:\n/m);
  const exit = /^(?:Exit code: |Process exited with code )(-?\d+)$/m.exec(head ?? "");
  const running = /^Process running with session ID \d+$/m.test(head ?? "");
  if (rest.length === 0 || (exit === null && !running)) return null;
  const exitCode = Number(exit?.[1] ?? 0);
  return { status: statusOf(exitCode), exitCode, seconds: seconds(head ?? ""), output: rest.join("Output:\n") };
}

function statusOf(exitCode: number): ItemStatus {
  return exitCode === 0 ? "completed" : "failed";
}
