/** What of a thread goes into its session file, and in which form. Pure. */

import type { EventMsg, ResponseItem, RolloutItem } from "@codex-ts/protocol";

/** Longest output of a command kept in its event; the conversation has the model's copy besides. In characters. */
const MAX_EVENT_OUTPUT = 4_096;

/**
 * The stored form of an item, or null for what is not stored. The original's kinds are stored as it stores them. Besides
 * them go what clients could not show again otherwise, all of which the original passes over: where turns begin and end,
 * errors, and the ends of commands, patches, MCP calls and work with other agents.
 */
export function persistedForm(item: RolloutItem): RolloutItem | null {
  switch (item.type) {
    case "session_meta":
    case "turn_context":
    case "compacted":
      return item;
    case "response_item": {
      const payload = persistedResponseItem(item.payload);
      return payload === null ? null : { type: "response_item", payload };
    }
    case "event_msg": {
      const payload = persistedEvent(item.payload);
      return payload === null ? null : { type: "event_msg", payload };
    }
  }
}

/** Ids given by the server are left out, as they mean nothing to another one. */
function persistedResponseItem(item: ResponseItem): ResponseItem | null {
  if (item.type === "other") return null;
  if (!("id" in item)) return item;
  const { id: _id, ...rest } = item;
  return rest;
}

function persistedEvent(event: EventMsg): EventMsg | null {
  switch (event.type) {
    case "user_message":
    case "agent_message":
    case "agent_reasoning":
    case "agent_reasoning_raw_content":
    case "token_count":
    case "context_compacted":
    case "entered_review_mode":
    case "exited_review_mode":
    case "thread_rolled_back":
    case "undo_completed":
    case "turn_aborted":
    case "error":
    case "task_started":
    case "patch_apply_end":
    case "mcp_tool_call_end":
    case "collab_agent_spawn_end":
    case "collab_agent_interaction_end":
    case "collab_waiting_end":
    case "collab_close_end":
      return event;
    case "task_complete":
      // The message stands in its own line.
      return { type: "task_complete", last_agent_message: null };
    case "exec_command_end": {
      const output = event.aggregated_output ?? event.stdout + event.stderr;
      return { ...event, stdout: "", stderr: "", formatted_output: "", aggregated_output: shortened(output) };
    }
    default:
      return null;
  }
}

function shortened(output: string): string {
  if (output.length <= MAX_EVENT_OUTPUT) return output;
  const half = MAX_EVENT_OUTPUT / 2;
  return `${output.slice(0, half)}\n[...]\n${output.slice(-half)}`.toWellFormed();
}
