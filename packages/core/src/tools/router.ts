/** Runs one call: finds its tool, waits for its turn, and makes an output of whatever happens. */

import type { ResponseItem } from "@codex-ts/protocol";
import { throwIfAborted, TurnAborted, type Turn } from "../turn/turn.js";
import { outputItem, ToolError, type Tool, type ToolCall, type ToolOutput } from "./tool.js";

/** How long a tool may take to wind up after the turn was cut short. */
const WIND_UP_MS = 2_000;

/** Answers a call. Never rejects: the conversation needs an output for every call. */
export async function runCall(call: ToolCall, turn: Turn): Promise<ResponseItem> {
  const tool = turn.tools.find(call);
  if (tool === null) return outputItem(call, unknownCall(call));
  const startedAt = performance.now();
  const output = turn.lock.run(tool.parallel, async () => {
    throwIfAborted(turn.signal);
    return await tool.run(call, { turn, signal: turn.signal });
  });
  try {
    const answer = await windUp(output, turn.signal);
    return outputItem(call, turn.signal.aborted ? abortText(tool, startedAt) : answer);
  } catch (error) {
    if (turn.signal.aborted || error instanceof TurnAborted) return outputItem(call, abortText(tool, startedAt));
    if (error instanceof ToolError) return outputItem(call, error.message);
    turn.session.services.report(error, `tool ${call.name}`);
    return outputItem(call, `tool ${call.name} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

// helpers

function unknownCall({ name, payload }: ToolCall): string {
  return payload.kind === "custom" ? `unsupported custom tool call: ${name}` : `unsupported call: ${name}`;
}

/** What the model is told of a call that the user cut short. */
function abortText(tool: Tool, startedAt: number): string {
  const seconds = Math.max(0.1, (performance.now() - startedAt) / 1_000).toFixed(1);
  return tool.abortStyle === "wallTime"
    ? `Wall time: ${seconds} seconds\naborted by user`
    : `aborted by user after ${seconds}s`;
}

/** Tools end soon after the signal; one that does not must not hold up the turn. */
async function windUp(output: Promise<ToolOutput>, signal: AbortSignal): Promise<ToolOutput> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = Promise.withResolvers<never>();
  const onAbort = (): void => {
    timer = setTimeout(() => tooLong.reject(new TurnAborted("the tool did not end in time")), WIND_UP_MS);
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([output, tooLong.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}
