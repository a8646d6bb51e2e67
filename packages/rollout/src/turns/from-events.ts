/** Turns the stored end events of calls into the items they ended. Pure. */

import type {
  CommandItem,
  EventMsg,
  ItemStatus,
  SubAgentItem,
  SubAgentTool,
  ThreadItem,
  WireDuration,
} from "@codex-ts/protocol";

/** The ended item and its call; null for events that end nothing. */
export function itemOfEndEvent(event: EventMsg): { callId: string; item: ThreadItem } | null {
  switch (event.type) {
    case "exec_command_end":
      return { callId: event.call_id, item: command(event) };
    case "patch_apply_end":
      return {
        callId: event.call_id,
        item: {
          type: "fileChange",
          id: event.call_id,
          changes: event.changes ?? {},
          autoApproved: false,
          status: patchStatus(event),
          stdout: event.stdout,
          stderr: event.stderr,
        },
      };
    case "mcp_tool_call_end":
      return { callId: event.call_id, item: mcpCall(event) };
    case "collab_agent_spawn_end": {
      const receivers = event.new_thread_id ? [event.new_thread_id] : [];
      return subAgent(event, "spawn_agent", receivers, event.prompt, states(receivers, event.status));
    }
    case "collab_agent_interaction_end": {
      const receivers = [event.receiver_thread_id];
      return subAgent(event, "send_input", receivers, event.prompt, states(receivers, event.status));
    }
    case "collab_waiting_end":
      return subAgent(event, "wait", Object.keys(event.statuses), null, event.statuses);
    case "collab_close_end": {
      const receivers = [event.receiver_thread_id];
      return subAgent(event, "close_agent", receivers, null, states(receivers, event.status));
    }
    default:
      return null;
  }
}

function command(event: Extract<EventMsg, { type: "exec_command_end" }>): CommandItem {
  const output = event.aggregated_output ?? "";
  return {
    type: "command",
    id: event.call_id,
    argv: event.command,
    cwd: event.cwd,
    actions: event.parsed_cmd,
    source: event.source ?? "agent",
    processId: event.process_id ?? null,
    interactionInput: event.interaction_input ?? null,
    status: commandStatus(event.exit_code, output),
    result: {
      stdout: event.stdout,
      stderr: event.stderr,
      aggregatedOutput: output,
      formattedOutput: event.formatted_output || output,
      exitCode: event.exit_code,
      durationMs: milliseconds(event.duration),
      timedOut: event.exit_code === 124,
    },
  };
}

/** The older event has no status of its own: what never ran ends with -1 and says why in its output. */
function commandStatus(exitCode: number, output: string): ItemStatus {
  if (exitCode === 0) return "completed";
  if (exitCode !== -1) return "failed";
  if (output.includes("rejected by user")) return "declined";
  return output.includes("aborted by user") ? "interrupted" : "failed";
}

function patchStatus(event: Extract<EventMsg, { type: "patch_apply_end" }>): ItemStatus {
  if (event.success) return "completed";
  return event.stderr.includes("rejected by user") ? "declined" : "failed";
}

function mcpCall(event: Extract<EventMsg, { type: "mcp_tool_call_end" }>): ThreadItem {
  const { call_id: id, invocation, result } = event;
  const durationMs = milliseconds(event.duration);
  if ("Err" in result) {
    return { type: "mcpCall", id, invocation, durationMs, status: "failed", result: null, error: result.Err };
  }
  const status = result.Ok.isError ? "failed" : "completed";
  return { type: "mcpCall", id, invocation, durationMs, status, result: result.Ok, error: null };
}

function subAgent(
  event: { call_id: string; sender_thread_id: string },
  tool: SubAgentTool,
  receiverThreadIds: string[],
  prompt: string | null,
  agentStates: SubAgentItem["states"],
): { callId: string; item: SubAgentItem } {
  const failed = Object.values(agentStates).some((status) => typeof status === "object" && "errored" in status);
  const lost = tool === "spawn_agent" && receiverThreadIds.length === 0;
  return {
    callId: event.call_id,
    item: {
      type: "subAgent",
      id: event.call_id,
      tool,
      senderThreadId: event.sender_thread_id,
      receiverThreadIds,
      prompt,
      states: agentStates,
      status: failed || lost ? "failed" : "completed",
    },
  };
}

function states(ids: readonly string[], status: SubAgentItem["states"][string]): SubAgentItem["states"] {
  return Object.fromEntries(ids.map((id) => [id, status]));
}

function milliseconds(duration: WireDuration): number {
  return duration.secs * 1000 + Math.round(duration.nanos / 1e6);
}
