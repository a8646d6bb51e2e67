/** Which events of the older language session files keep. */

import type { EventMsg, EventMsgType } from "../event-msg.js";
import type { ThreadEvent } from "../thread-events.js";
import { legacyOf } from "./legacy-of.js";
import type { LegacyOptions } from "./legacy-options.js";

/** What the original keeps. */
const kept: ReadonlySet<EventMsgType> = new Set([
  "user_message",
  "agent_message",
  "agent_reasoning",
  "agent_reasoning_raw_content",
  "token_count",
  "context_compacted",
  "entered_review_mode",
  "exited_review_mode",
  "thread_rolled_back",
  "undo_completed",
  "turn_aborted",
]);

/** What we keep besides: without these a resumed session could not show its turns and what was done in them. */
const keptBesides: ReadonlySet<EventMsgType> = new Set([
  "task_started",
  "task_complete",
  "exec_command_end",
  "patch_apply_end",
  "mcp_tool_call_end",
  "collab_agent_spawn_end",
  "collab_agent_interaction_end",
  "collab_waiting_end",
  "collab_close_end",
]);

/** Everything that our session files may hold; an error only where it ended a turn. */
export const persistedEventTypes: ReadonlySet<EventMsgType> = new Set([...kept, ...keptBesides, "error"]);

/** @returns whether a session file keeps the event, as the original decides it */
export function isPersisted(event: EventMsg): boolean {
  return kept.has(event.type);
}

/**
 * What a session file keeps of an event: what the original keeps, where turns begin and end, the error of a failed turn,
 * and the outcomes of what was done in them. The original reads over those lines.
 */
export function storedOf(event: ThreadEvent, options: LegacyOptions): EventMsg[] {
  const failed = event.type === "turn.ended" && event.outcome.kind === "failed";
  return legacyOf(event, options).filter(
    (each) => isPersisted(each) || keptBesides.has(each.type) || (failed && each.type === "error"),
  );
}
