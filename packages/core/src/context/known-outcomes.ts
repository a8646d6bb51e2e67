/**
 * What a killed process had done and not yet told the model. Outputs are recorded when all calls of an answer are done,
 * the end of each command, patch, MCP call and word to an agent at once: what ended is told after a resume, and is not
 * done a second time. Pure.
 */

import type { EventMsg, ResponseItem, RolloutItem } from "@codex-ts/protocol";
import { errorOutput, resultOutput } from "../tools/mcp/result-output.js";
import { customOutput, functionOutput, type ToolOutput } from "../tools/tool.js";

/** The conversation with an output for each call that has none although the session file knows how it ended. */
export function withKnownOutcomes(history: readonly ResponseItem[], lines: readonly RolloutItem[]): ResponseItem[] {
  const unanswered = unansweredCalls(history);
  if (unanswered.size === 0) return [...history];
  const outcomes = new Map<string, ToolOutput>();
  for (const line of lines) {
    const known = line.type === "event_msg" ? outcomeOf(line.payload) : null;
    if (known !== null) outcomes.set(known.callId, known.output);
  }
  return history.flatMap((item) => {
    const callId = callIdOf(item);
    const output = callId !== null && unanswered.has(callId) ? outcomes.get(callId) : undefined;
    if (callId === null || output === undefined) return [item];
    return [item, item.type === "custom_tool_call" ? customOutput(callId, output) : functionOutput(callId, output)];
  });
}

// helpers

function unansweredCalls(history: readonly ResponseItem[]): Set<string> {
  const calls = new Set(history.flatMap((item) => callIdOf(item) ?? []));
  for (const item of history) {
    if (item.type === "function_call_output" || item.type === "custom_tool_call_output") calls.delete(item.call_id);
  }
  return calls;
}

function callIdOf(item: ResponseItem): string | null {
  switch (item.type) {
    case "function_call":
    case "custom_tool_call":
      return item.call_id;
    case "local_shell_call":
      return item.call_id ?? null;
    default:
      return null;
  }
}

interface Outcome {
  callId: string;
  output: ToolOutput;
}

function outcomeOf(event: EventMsg): Outcome | null {
  switch (event.type) {
    case "exec_command_end": {
      const output = event.aggregated_output ?? event.stdout + event.stderr;
      return { callId: event.call_id, output: `Exit code: ${event.exit_code}\nOutput:\n${output}` };
    }
    case "patch_apply_end":
      return {
        callId: event.call_id,
        output: `Exit code: ${event.success ? 0 : 1}\nOutput:\n${event.stdout}${event.stderr}`,
      };
    case "mcp_tool_call_end": {
      const { call_id: callId, result } = event;
      return { callId, output: "Ok" in result ? resultOutput(result.Ok) : errorOutput(result.Err) };
    }
    case "collab_agent_spawn_end": {
      const { call_id: callId, new_thread_id: id } = event;
      return {
        callId,
        output: id ? `${JSON.stringify({ agent_id: id })}\n${AGENT_GONE}` : "the agent was not started",
      };
    }
    case "collab_agent_interaction_end":
    case "collab_close_end":
      return { callId: event.call_id, output: JSON.stringify({ status: event.status }) };
    case "collab_waiting_end": {
      const timedOut = Object.keys(event.statuses).length === 0;
      return { callId: event.call_id, output: JSON.stringify({ status: event.statuses, timed_out: timedOut }) };
    }
    default:
      return null;
  }
}

/** Agents live in the process of their parent. */
const AGENT_GONE = "The program was ended while the agent worked, and the agent with it.";
