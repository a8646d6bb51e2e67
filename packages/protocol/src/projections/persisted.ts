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

/** @returns whether a session file keeps the event, as the original decides it */
export function isPersisted(event: EventMsg): boolean {
  return kept.has(event.type);
}

/**
 * What a session file keeps of an event: what the original keeps, and the error of a failed turn, so that it is still a
 * failed turn after a resume. The original reads over that line.
 */
export function storedOf(event: ThreadEvent, options: LegacyOptions): EventMsg[] {
  const failed = event.type === "turn.ended" && event.outcome.kind === "failed";
  return legacyOf(event, options).filter((each) => isPersisted(each) || (failed && each.type === "error"));
}
