/** Makes the history that is sent from the history that is kept: always valid, whatever happened. */

import type { ResponseItem } from "@codex-ts/protocol";

/** What the model is told of a call whose outcome nobody knows. */
const UNKNOWN_OUTCOME = "aborted";

/** How the conversation is put for a request. */
export interface SendOptions {
  /** The freeform apply_patch tool is offered: JSON command outputs are rewritten as text, as its models expect. */
  commandOutputsAsText: boolean;
}

/**
 * The items to send, in order. Every call has exactly one kind-matching output and every output a call before or after
 * it; what is local stays here. The kept history is not changed.
 */
export function itemsToSend(history: readonly ResponseItem[], options: SendOptions): ResponseItem[] {
  const known = pairCalls(history);
  const sent: ResponseItem[] = [];
  for (const item of history) {
    switch (item.type) {
      case "ghost_snapshot":
      case "other":
        break;
      case "function_call":
        sent.push(item);
        if (!known.functionOutputs.has(item.call_id)) {
          sent.push({ type: "function_call_output", call_id: item.call_id, output: UNKNOWN_OUTCOME });
        }
        break;
      case "local_shell_call":
        sent.push(item);
        if (item.call_id && !known.functionOutputs.has(item.call_id)) {
          sent.push({ type: "function_call_output", call_id: item.call_id, output: UNKNOWN_OUTCOME });
        }
        break;
      case "custom_tool_call":
        sent.push(item);
        if (!known.customOutputs.has(item.call_id)) {
          sent.push({ type: "custom_tool_call_output", call_id: item.call_id, output: UNKNOWN_OUTCOME });
        }
        break;
      case "function_call_output":
        if (known.functionCalls.has(item.call_id)) sent.push(item);
        break;
      case "custom_tool_call_output":
        if (known.customCalls.has(item.call_id)) sent.push(item);
        break;
      default:
        sent.push(item);
    }
  }
  return options.commandOutputsAsText ? commandOutputsAsText(sent) : sent;
}

// helpers

interface KnownCalls {
  functionCalls: Set<string>;
  customCalls: Set<string>;
  functionOutputs: Set<string>;
  customOutputs: Set<string>;
}

function pairCalls(history: readonly ResponseItem[]): KnownCalls {
  const known: KnownCalls = {
    functionCalls: new Set(),
    customCalls: new Set(),
    functionOutputs: new Set(),
    customOutputs: new Set(),
  };
  for (const item of history) {
    if (item.type === "function_call") known.functionCalls.add(item.call_id);
    else if (item.type === "local_shell_call" && item.call_id) known.functionCalls.add(item.call_id);
    else if (item.type === "custom_tool_call") known.customCalls.add(item.call_id);
    else if (item.type === "function_call_output") known.functionOutputs.add(item.call_id);
    else if (item.type === "custom_tool_call_output") known.customOutputs.add(item.call_id);
  }
  return known;
}

/** Tools whose JSON outputs are rewritten; the names under which models call the built-in shells and the patch tool. */
const REWRITTEN_TOOLS = new Set(["apply_patch", "shell", "container.exec"]);

function commandOutputsAsText(items: ResponseItem[]): ResponseItem[] {
  const calls = new Set<string>();
  for (const item of items) {
    if (item.type === "local_shell_call" && item.call_id) calls.add(item.call_id);
    const named = item.type === "function_call" || item.type === "custom_tool_call";
    if (named && REWRITTEN_TOOLS.has(item.name)) calls.add(item.call_id);
  }
  if (calls.size === 0) return items;
  return items.map((item) => {
    const isOutput = item.type === "function_call_output" || item.type === "custom_tool_call_output";
    if (!isOutput || typeof item.output !== "string" || !calls.has(item.call_id)) return item;
    const text = textFormOf(item.output);
    return text === null ? item : { ...item, output: text };
  });
}

/** The text form of a JSON command output, or null when it is none. */
function textFormOf(output: string): string | null {
  if (!output.startsWith('{"output":')) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(output);
  } catch {
    return null; // cut or foreign text stays as it is
  }
  if (!isCommandOutput(parsed)) return null;
  const { exit_code: exitCode, duration_seconds: seconds } = parsed.metadata;
  const header = /^Total output lines: (\d+)\n\n/.exec(parsed.output);
  const lines = [`Exit code: ${exitCode}`, `Wall time: ${seconds} seconds`];
  if (header !== null) lines.push(`Total output lines: ${header[1]}`);
  lines.push("Output:", parsed.output.slice(header?.[0].length ?? 0));
  return lines.join("\n");
}

interface CommandOutputJson {
  output: string;
  metadata: { exit_code: number; duration_seconds: number };
}

function isCommandOutput(value: unknown): value is CommandOutputJson {
  if (typeof value !== "object" || value === null || !("output" in value) || !("metadata" in value)) return false;
  const { output, metadata } = value;
  return (
    typeof output === "string" &&
    typeof metadata === "object" &&
    metadata !== null &&
    "exit_code" in metadata &&
    typeof metadata.exit_code === "number" &&
    "duration_seconds" in metadata &&
    typeof metadata.duration_seconds === "number"
  );
}
