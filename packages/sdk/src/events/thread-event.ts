/** The lines of `codex exec --json`: a contract with scripts and SDKs. Key order is part of it. */

import type { ThreadItem } from "./thread-item.js";

/** The thread exists; its id is for resuming it. */
export interface ThreadStartedEvent {
  type: "thread.started";
  thread_id: string;
}

/** A turn began. */
export interface TurnStartedEvent {
  type: "turn.started";
}

/** Tokens of the whole thread so far. */
export interface Usage {
  input_tokens: number;
  cached_input_tokens: number;
  output_tokens: number;
}

/** A turn ended well. */
export interface TurnCompletedEvent {
  type: "turn.completed";
  usage: Usage;
}

/** Why something failed. */
export interface ThreadError {
  message: string;
}

/** A turn did not end well. */
export interface TurnFailedEvent {
  type: "turn.failed";
  error: ThreadError;
}

/** An item began. */
export interface ItemStartedEvent {
  type: "item.started";
  item: ThreadItem;
}

/** An item changed. */
export interface ItemUpdatedEvent {
  type: "item.updated";
  item: ThreadItem;
}

/** An item ended. */
export interface ItemCompletedEvent {
  type: "item.completed";
  item: ThreadItem;
}

/** An error as it happens. A turn that fails of it says so in `turn.failed`, too. */
export interface ThreadErrorEvent {
  type: "error";
  message: string;
}

/** One line. */
export type ThreadEvent =
  | ThreadStartedEvent
  | TurnStartedEvent
  | TurnCompletedEvent
  | TurnFailedEvent
  | ItemStartedEvent
  | ItemUpdatedEvent
  | ItemCompletedEvent
  | ThreadErrorEvent;

/** The line's text. A search has two keys `id`, as the original writes them: the item's, then the call's. */
export function lineOf(event: ThreadEvent): string {
  if (!("item" in event) || event.item.type !== "web_search") return JSON.stringify(event);
  const { id, type, call_id: callId, query, action } = event.item;
  const ids = `"id":${JSON.stringify(id)},"type":"${type}","id":${JSON.stringify(callId)}`;
  return `{"type":"${event.type}","item":{${ids},"query":${JSON.stringify(query)},"action":${JSON.stringify(action)}}}`;
}
