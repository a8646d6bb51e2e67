/** Folds a session file's lines into turns and items as a client shows them. Pure. */

import { resolve } from "node:path";
import {
  type CodexErrorInfo,
  type EventMsg,
  type FileChanges,
  type ParsedCommand,
  type RolloutItem,
  type ThreadItem,
  type TurnError,
  userInputOf,
} from "@codex-ts/protocol";
import { type CallOutcome, itemOfCall, withOutput } from "./from-calls.js";
import { itemOfEndEvent } from "./from-events.js";

/** A turn as the file tells it. */
export interface RebuiltTurn {
  /** `turn-1`, `turn-2`, ...: not the id it had while it ran. */
  id: string;
  /** Their ids are `item-1`, `item-2`, ... through all turns. */
  items: ThreadItem[];
  status: "completed" | "failed" | "interrupted";
  /** Why it failed; null unless it did. */
  error: TurnError | null;
}

/** What other packages know better. */
export interface TurnRules {
  /** What a command does, for display. */
  commandActions: (argv: readonly string[]) => ParsedCommand[];
  /** What a patch changes, by absolute path; empty when it cannot be told any more. */
  patchChanges: (patch: string, cwd: string) => FileChanges;
}

/** A turn that is being put together. */
interface OpenTurn {
  items: ThreadItem[];
  interrupted: boolean;
  error: TurnError | null;
  /** It began with a `task_started` line: messages up to its end belong to it. Files of the original have none. */
  bounded: boolean;
  closed: boolean;
}

/** Where the item of a call stands, until its outcome comes. */
interface CallPlace {
  turn: OpenTurn;
  at: number;
  /** The end event told how it went; the conversation's copy says less. */
  settled: boolean;
}

/** Calls without an outcome come back as interrupted; turns without items are left out. */
export function rebuildTurns(lines: Iterable<RolloutItem>, rules: TurnRules): RebuiltTurn[] {
  const turns: OpenTurn[] = [];
  const calls = new Map<string, CallPlace>();
  let cwd = "/";

  for (const line of lines) {
    switch (line.type) {
      case "session_meta":
      case "turn_context":
        cwd = line.payload.cwd;
        break;
      case "response_item": {
        const payload = line.payload;
        const call = itemOfCall(payload, (folder) => (folder ? resolve(cwd, folder) : cwd), rules);
        if (call !== null) calls.set(call.callId, { turn: current(), at: add(call.item), settled: false });
        if (payload.type === "function_call_output" || payload.type === "custom_tool_call_output") {
          settle(payload.call_id, payload);
        }
        break;
      }
      case "event_msg":
        onEvent(line.payload);
        break;
      case "compacted":
        break;
    }
  }
  return finished(turns);

  function current(): OpenTurn {
    const last = turns.at(-1);
    return last && !last.closed ? last : begin(false);
  }

  function begin(bounded: boolean): OpenTurn {
    const turn = { items: [], interrupted: false, error: null, bounded, closed: false };
    turns.push(turn);
    return turn;
  }

  function add(item: ThreadItem): number {
    const turn = current();
    // Work after an error: the error did not end the turn.
    turn.error = null;
    return turn.items.push(item) - 1;
  }

  function settle(callId: string, outcome: CallOutcome): void {
    const place = calls.get(callId);
    const item = place?.turn.items[place.at];
    if (place && item && !place.settled) place.turn.items[place.at] = withOutput(item, outcome);
  }

  function onEvent(event: EventMsg): void {
    switch (event.type) {
      case "task_started":
        onTurnBegin();
        break;
      case "user_message":
        onUserMessage(event);
        break;
      case "agent_message":
        if (event.message !== "") add({ type: "agentMessage", id: "", text: event.message });
        break;
      case "agent_reasoning":
        if (event.text !== "") reasoning().summary.push(event.text);
        break;
      case "agent_reasoning_raw_content":
        if (event.text !== "") reasoning().raw.push(event.text);
        break;
      case "entered_review_mode":
        add({
          type: "review",
          id: "",
          target: event.target,
          hint: event.user_facing_hint ?? null,
          status: "inProgress",
          output: null,
        });
        break;
      case "exited_review_mode":
        onReviewEnd(event.review_output ?? null);
        break;
      case "error":
        if (turns.at(-1)?.closed === false) current().error = turnError(event.message, event.codex_error_info ?? null);
        break;
      case "turn_aborted":
        if (turns.length > 0) onTurnEnd(true);
        break;
      case "task_complete":
        onTurnEnd(false);
        break;
      case "thread_rolled_back":
        rollBack(event.num_turns);
        break;
      default:
        onEndEvent(event);
    }
  }

  function onTurnBegin(): void {
    const last = turns.at(-1);
    // Only the beginning of a review is stored before the line that says so. A message without such a line is a turn of the
    // original, which died before the answer.
    if (last && !last.closed && !last.bounded && last.items.every(isOpenReview)) last.bounded = true;
    else begin(true);
  }

  function onUserMessage(event: Extract<EventMsg, { type: "user_message" }>): void {
    const item: ThreadItem = { type: "userMessage", id: "", content: userInputOf(event) };
    const last = turns.at(-1);
    // The original writes the prompt of a review twice.
    const lastItem = last?.items.at(-1);
    if (lastItem?.type === "userMessage" && inReview(last) && same(lastItem, item)) return;
    if (!last || last.closed || !(last.bounded || inReview(last))) begin(false);
    add(item);
  }

  function reasoning(): Extract<ThreadItem, { type: "reasoning" }> {
    const last = current().items.at(-1);
    if (last?.type === "reasoning") return last;
    const item: Extract<ThreadItem, { type: "reasoning" }> = { type: "reasoning", id: "", summary: [], raw: [] };
    add(item);
    return item;
  }

  function onReviewEnd(output: Extract<ThreadItem, { type: "review" }>["output"]): void {
    for (const turn of turns.toReversed()) {
      const item = turn.items.findLast((found) => found.type === "review");
      if (item?.type !== "review") continue;
      item.output = output;
      item.status = output === null ? "interrupted" : "completed";
      return;
    }
  }

  function onTurnEnd(interrupted: boolean): void {
    const last = turns.at(-1);
    if (!last) return;
    if (interrupted) last.interrupted = true;
    last.closed = true;
  }

  /** Takes back messages, as the conversation does: a turn with a second, steering message loses that one first. */
  function rollBack(count: number): void {
    for (let left = count; left > 0 && turns.length > 0;) {
      const last = turns.at(-1);
      const at = last?.items.findLastIndex((item) => item.type === "userMessage") ?? -1;
      if (at >= 0) left--;
      const earlier = last?.items.slice(0, Math.max(0, at)) ?? [];
      if (last && earlier.some((item) => item.type === "userMessage")) last.items = earlier;
      else turns.pop();
    }
    onTurnEnd(false);
  }

  function onEndEvent(event: EventMsg): void {
    const end = itemOfEndEvent(event);
    if (end === null) return;
    const place = calls.get(end.callId);
    if (!place) {
      calls.set(end.callId, { turn: current(), at: add(end.item), settled: true });
      return;
    }
    place.turn.items[place.at] = end.item;
    place.settled = true;
  }
}

function inReview(turn: OpenTurn | undefined): boolean {
  return turn?.items.some(isOpenReview) ?? false;
}

function isOpenReview(item: ThreadItem): boolean {
  return item.type === "review" && item.status === "inProgress";
}

function same(a: ThreadItem, b: ThreadItem): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function turnError(message: string, info: CodexErrorInfo | null): TurnError {
  return { message, info, additionalDetails: null };
}

function finished(turns: readonly OpenTurn[]): RebuiltTurn[] {
  let items = 0;
  return turns
    .filter((turn) => turn.items.length > 0 || turn.error !== null)
    .map((turn, at) => ({
      id: `turn-${at + 1}`,
      items: turn.items.map((item) => ended({ ...item, id: `item-${++items}` })),
      status: turn.interrupted ? "interrupted" : turn.error === null ? "completed" : "failed",
      error: turn.interrupted ? null : turn.error,
    }));
}

/** A file cannot show anything that still runs. */
function ended(item: ThreadItem): ThreadItem {
  return "status" in item && item.status === "inProgress" ? { ...item, status: "interrupted" } : item;
}
