/**
 * What a killed process had done and not yet told the model. Outputs are recorded when all calls of an answer are done,
 * the end of each command and patch at once: what ended is told after a resume, and is not done a second time. Pure.
 */

import type { EventMsg, ResponseItem, RolloutItem } from "@codex-ts/protocol";

/** The conversation with an output for each call that has none although the session file knows how it ended. */
export function withKnownOutcomes(history: readonly ResponseItem[], lines: readonly RolloutItem[]): ResponseItem[] {
  const unanswered = unansweredCalls(history);
  if (unanswered.size === 0) return [...history];
  const outcomes = new Map<string, string>();
  for (const line of lines) {
    const text = line.type === "event_msg" ? outcomeText(line.payload) : null;
    if (text !== null) outcomes.set(text.callId, text.output);
  }
  return history.flatMap((item) => {
    const callId = callIdOf(item);
    const output = callId !== null && unanswered.has(callId) ? outcomes.get(callId) : undefined;
    if (callId === null || output === undefined) return [item];
    const type = item.type === "custom_tool_call" ? "custom_tool_call_output" : "function_call_output";
    return [item, { type, call_id: callId, output }];
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

function outcomeText(event: EventMsg): { callId: string; output: string } | null {
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
    default:
      return null;
  }
}
