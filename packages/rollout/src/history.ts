/** Folds a session file's lines into the conversation as the model should see it. Pure. */

import type { CompactedLine, ResponseItem, RolloutItem, TokenUsageInfo, TurnContextLine } from "@codex-ts/protocol";
import { isUserTurn } from "./user-turns.js";

/** What the fold cannot know by itself. */
export interface RebuildRules {
  /** Cuts a tool output to the current model's limits; other items come back as they are. */
  truncate: (item: ResponseItem) => ResponseItem;
  /** The history after a compaction that stored only its summary: initial context, kept user messages, summary. */
  compacted: (history: readonly ResponseItem[], line: CompactedLine) => ResponseItem[];
}

/** The conversation, oldest first. Calls without an outcome are left for the caller's normaliser. */
export function rebuildHistory(items: Iterable<RolloutItem>, rules: RebuildRules): ResponseItem[] {
  let history: ResponseItem[] = [];
  for (const item of items) {
    switch (item.type) {
      case "response_item":
        history.push(rules.truncate(item.payload));
        break;
      case "compacted":
        history = item.payload.replacement_history?.slice() ?? rules.compacted(history, item.payload);
        break;
      case "event_msg":
        if (item.payload.type === "thread_rolled_back") {
          history = dropLastUserTurns(history, item.payload.num_turns);
        }
        break;
      case "session_meta":
      case "turn_context":
        break;
    }
  }
  return history;
}

/** Cuts before the n-th last message a person sent; with fewer of them, before the first. Without any, nothing changes. */
export function dropLastUserTurns(history: readonly ResponseItem[], turns: number): ResponseItem[] {
  let cut = history.length;
  let left = turns;
  for (let at = history.length - 1; at >= 0 && left > 0; at--) {
    const item = history[at];
    if (item === undefined || !isUserTurn(item)) continue;
    cut = at;
    left--;
  }
  return history.slice(0, cut);
}

/**
 * The lines before the n-th message (from 0) that a person sent, counted after recorded rollbacks: what a fork from there
 * keeps. Null when there is no such message.
 */
export function itemsBeforeUserMessage<Item extends RolloutItem>(items: readonly Item[], n: number): Item[] | null {
  const positions: number[] = [];
  for (const [at, item] of items.entries()) {
    if (item.type === "response_item" && isUserTurn(item.payload)) positions.push(at);
    if (item.type === "event_msg" && item.payload.type === "thread_rolled_back") {
      positions.length = Math.max(0, positions.length - Math.max(0, item.payload.num_turns));
    }
  }
  const cut = positions[n];
  return cut === undefined ? null : items.slice(0, cut);
}

/** Tokens spent so far, by the last report that had any; null without one. */
export function lastTokenInfo(items: readonly RolloutItem[]): TokenUsageInfo | null {
  for (let at = items.length - 1; at >= 0; at--) {
    const item = items[at];
    if (item?.type !== "event_msg" || item.payload.type !== "token_count") continue;
    if (item.payload.info) return item.payload.info;
  }
  return null;
}

/** The settings of the last request; null when there was none. */
export function lastTurnContext(items: readonly RolloutItem[]): TurnContextLine | null {
  const line = items.findLast((item) => item.type === "turn_context");
  return line?.type === "turn_context" ? line.payload : null;
}
