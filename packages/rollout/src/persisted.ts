/** What of a thread goes into its session file, and in which form. Pure. */

import { type EventMsg, persistedEventTypes, type ResponseItem, type RolloutItem, toldItem } from "@codex-ts/protocol";

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

function persistedResponseItem(item: ResponseItem): ResponseItem | null {
  return item.type === "other" ? null : toldItem(item);
}

function persistedEvent(event: EventMsg): EventMsg | null {
  if (!persistedEventTypes.has(event.type)) return null;
  switch (event.type) {
    case "task_complete":
      // The message stands in its own line.
      return { type: "task_complete", last_agent_message: null };
    case "exec_command_end": {
      const output = event.aggregated_output ?? event.stdout + event.stderr;
      return { ...event, stdout: "", stderr: "", formatted_output: "", aggregated_output: shortened(output) };
    }
    default:
      return event;
  }
}

function shortened(output: string): string {
  if (output.length <= MAX_EVENT_OUTPUT) return output;
  const half = MAX_EVENT_OUTPUT / 2;
  return `${output.slice(0, half)}\n[...]\n${output.slice(-half)}`.toWellFormed();
}
