/** Session file -> ThreadEvent: rebuilds turns and items from the lines of a file, ours or the original's. */

import type { TurnError } from "../../errors.js";
import type { EventMsg } from "../../event-msg.js";
import type { IsoTime, ThreadId } from "../../ids.js";
import type { ThreadItem } from "../../items.js";
import type { ResponseItem } from "../../response-items.js";
import type { RolloutLine } from "../../rollout-lines.js";
import type { ThreadEvent, ThreadEventBody, TurnOutcome } from "../../thread-events.js";
import { userInputOf } from "../user-message.js";
import { beginningOf } from "./beginning-of.js";
import { itemOfCall, planOfCall } from "./stored-calls.js";
import { withOutput } from "./stored-outputs.js";

/**
 * Turns are `turn-1`, `turn-2`, …; items are `item-1`, … unless the file knows their call. A message of the user opens a
 * turn; turns that were rolled back are left out; a call without outcome ended as interrupted, and so did its turn.
 * @param lines in the order of the file
 */
export function eventsFromRollout(lines: readonly RolloutLine[]): ThreadEvent[] {
  const fold = new RolloutFold();
  for (const line of lines) fold.add(line);
  return fold.events();
}

/** What is known of a turn while its lines are read. */
interface StoredTurn {
  startedAt: IsoTime;
  endedAt: IsoTime;
  entries: StoredEntry[];
  outcome: TurnOutcome;
  lastAgentMessage: string | null;
  /** Between entering and leaving review mode. */
  reviewing: boolean;
}

/** An item, or something else that the turn said. */
type StoredEntry = { at: IsoTime; endedAt: IsoTime } & ({ item: ThreadItem } | { said: ThreadEventBody });

class RolloutFold {
  #threadId: ThreadId = "";
  #cwd = "";
  #turns: StoredTurn[] = [];
  #current: StoredTurn | undefined;

  add(line: RolloutLine): void {
    switch (line.type) {
      case "session_meta":
        // a fork's file holds its source's line too; the first one counts
        if (this.#threadId === "") [this.#threadId, this.#cwd] = [line.payload.id, line.payload.cwd];
        return;
      case "turn_context":
        this.#cwd = line.payload.cwd;
        return;
      case "event_msg":
        this.#addEvent(line.payload, line.timestamp);
        return;
      case "response_item":
        this.#addResponseItem(line.payload, line.timestamp);
        return;
      case "compacted":
        return;
    }
  }

  events(): ThreadEvent[] {
    const events: ThreadEvent[] = [];
    const numbers = { turn: 0, item: 0 };
    for (const turn of this.#turns) {
      if (!turn.entries.some((entry) => "item" in entry)) continue;
      const turnId = `turn-${++numbers.turn}`;
      const say = (at: IsoTime, body: ThreadEventBody) => {
        events.push({ threadId: this.#threadId, seq: events.length, at, turnId, ...body });
      };
      say(turn.startedAt, { type: "turn.started", contextWindow: null });
      for (const entry of turn.entries) {
        if ("said" in entry) {
          say(entry.at, entry.said);
          continue;
        }
        const item = entry.item.id === "" ? { ...entry.item, id: `item-${++numbers.item}` } : entry.item;
        const ended = closed(item);
        say(entry.at, { type: "item.started", item: beginningOf(ended) });
        say(entry.endedAt, { type: "item.ended", item: ended });
      }
      say(turn.endedAt, { type: "turn.ended", outcome: outcomeOf(turn), lastAgentMessage: turn.lastAgentMessage });
    }
    return events;
  }

  #addEvent(event: EventMsg, at: IsoTime): void {
    switch (event.type) {
      case "user_message":
        this.#addUserMessage(event, at);
        return;
      case "agent_message":
        if (event.message === "") return;
        this.#addItem({ type: "agentMessage", id: "", text: event.message }, at).lastAgentMessage = event.message;
        return;
      case "agent_reasoning":
        if (event.text !== "") this.#addReasoning("summary", event.text, at);
        return;
      case "agent_reasoning_raw_content":
        if (event.text !== "") this.#addReasoning("raw", event.text, at);
        return;
      case "entered_review_mode":
        this.#current = this.#open(at);
        this.#current.reviewing = true;
        this.#addItem(
          {
            type: "review",
            id: "",
            target: event.target,
            hint: event.user_facing_hint ?? null,
            status: "inProgress",
            output: null,
          },
          at,
        );
        return;
      case "exited_review_mode":
        this.#endReview(event, at);
        return;
      case "turn_aborted":
        if (this.#current === undefined) return;
        this.#current.outcome = { kind: "interrupted", reason: event.reason };
        this.#touch(at);
        return;
      case "error":
        this.#fail({ message: event.message, info: event.codex_error_info ?? null, additionalDetails: null }, at);
        return;
      case "thread_rolled_back":
        this.#rollBack(event.num_turns);
        return;
      case "token_count":
        this.#say({ type: "usage", usage: event.info ?? null, rateLimits: event.rate_limits ?? null }, at);
        return;
      case "context_compacted":
        this.#say({ type: "notice", notice: { kind: "compacted" } }, at);
        return;
      case "undo_completed": {
        const { success, message } = event;
        this.#say({ type: "notice", notice: { kind: "undoCompleted", success, message: message ?? null } }, at);
        return;
      }
      default:
        // not kept in session files, or of no consequence for what is shown
        return;
    }
  }

  /** The original writes the prompt of a review twice. */
  #addUserMessage(event: EventMsg & { type: "user_message" }, at: IsoTime): void {
    const content = userInputOf(event);
    const item: ThreadItem = { type: "userMessage", id: "", content };
    if (this.#current?.reviewing === true) {
      const same = JSON.stringify(item);
      const repeated = this.#current.entries.some((entry) => "item" in entry && JSON.stringify(entry.item) === same);
      if (!repeated) this.#addItem(item, at);
      return;
    }
    this.#current = this.#open(at);
    this.#addItem(item, at);
  }

  #addReasoning(part: "summary" | "raw", text: string, at: IsoTime): void {
    const last = this.#current?.entries.findLast((entry) => "item" in entry);
    const item = last !== undefined && "item" in last ? last.item : undefined;
    if (item?.type === "reasoning") {
      item[part].push(text);
      this.#touch(at);
      return;
    }
    this.#addItem({ type: "reasoning", id: "", summary: [], raw: [], [part]: [text] }, at);
  }

  #endReview(event: EventMsg & { type: "exited_review_mode" }, at: IsoTime): void {
    const output = event.review_output ?? null;
    this.#changeItem(
      at,
      (item) => item.type === "review" && item.status === "inProgress",
      (item) =>
        item.type === "review" ? { ...item, output, status: output === null ? "interrupted" : "completed" } : item,
    );
    if (this.#current !== undefined) this.#current.reviewing = false;
  }

  #fail(error: TurnError, at: IsoTime): void {
    if (this.#current === undefined) return;
    this.#current.outcome = { kind: "failed", error };
    this.#touch(at);
  }

  #rollBack(count: number): void {
    this.#turns = this.#turns.filter((turn) => turn.entries.some((entry) => "item" in entry));
    this.#turns.splice(Math.max(0, this.#turns.length - count));
    this.#current = undefined;
  }

  #addResponseItem(stored: ResponseItem, at: IsoTime): void {
    if (stored.type === "function_call_output" || stored.type === "custom_tool_call_output") {
      this.#changeItem(
        at,
        (item) => item.id === stored.call_id,
        (item) => withOutput(item, stored.output),
      );
      return;
    }
    const plan = planOfCall(stored);
    if (plan !== null) this.#say({ type: "turn.plan", plan }, at);
    const item = itemOfCall(stored, this.#cwd);
    if (item !== null) this.#addItem(item, at);
  }

  #say(said: ThreadEventBody, at: IsoTime): void {
    this.#current?.entries.push({ at, endedAt: at, said });
    this.#touch(at);
  }

  #addItem(item: ThreadItem, at: IsoTime): StoredTurn {
    const turn = (this.#current ??= this.#open(at));
    turn.entries.push({ at, endedAt: at, item });
    this.#touch(at);
    return turn;
  }

  #changeItem(at: IsoTime, which: (item: ThreadItem) => boolean, change: (item: ThreadItem) => ThreadItem): void {
    const entries = this.#current?.entries ?? [];
    const index = entries.findLastIndex((entry) => "item" in entry && which(entry.item));
    const entry = entries[index];
    if (entry === undefined || !("item" in entry)) return;
    entries[index] = { at: entry.at, endedAt: at, item: change(entry.item) };
    this.#touch(at);
  }

  #open(at: IsoTime): StoredTurn {
    const turn: StoredTurn = {
      startedAt: at,
      endedAt: at,
      entries: [],
      outcome: { kind: "completed" },
      lastAgentMessage: null,
      reviewing: false,
    };
    this.#turns.push(turn);
    return turn;
  }

  #touch(at: IsoTime): void {
    if (this.#current !== undefined) this.#current.endedAt = at;
  }
}

/** What has no outcome was interrupted. */
function closed(item: ThreadItem): ThreadItem {
  return "status" in item && item.status === "inProgress" ? { ...item, status: "interrupted" } : item;
}

function outcomeOf(turn: StoredTurn): TurnOutcome {
  const cut = turn.entries.some((entry) => "item" in entry && "status" in entry.item && isOpen(entry.item.status));
  return turn.outcome.kind === "completed" && cut ? { kind: "interrupted", reason: "interrupted" } : turn.outcome;
}

function isOpen(status: string): boolean {
  return status === "inProgress";
}
