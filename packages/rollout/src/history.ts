/** Folds a session file's lines into the conversation as the model should see it, and what it tells of settings. Pure. */

import type {
  CompactedLine,
  MessageItem,
  ResponseItem,
  RolloutItem,
  TokenUsageInfo,
  TurnContextLine,
} from "@codex-ts/protocol";
import { isUserTurn } from "./user-turns.js";

/** What the fold cannot know by itself. */
export interface RebuildRules {
  /** Cuts a tool output to the current model's limits; other items come back as they are. */
  truncate: (item: ResponseItem) => ResponseItem;
  /**
   * The history after a compaction that stored only its summary: initial context, kept user messages, summary.
   * @param context the settings of the last request before it; null: there was none
   */
  compacted: (history: readonly ResponseItem[], line: CompactedLine, context: TurnContextLine | null) => ResponseItem[];
}

/** A conversation, and what of the file it still stands for. */
export interface RebuiltHistory {
  /** Oldest first. Calls without an outcome are left for the caller's normaliser. */
  items: ResponseItem[];
  /** The settings that the conversation tells of, oldest first, an entry for each change. */
  contexts: ContextPlace[];
  /** The summary that a compacted conversation goes on from; null: it was never compacted. */
  summary: string | null;
}

/** Settings of requests, and where in the conversation they were told. */
export interface ContextPlace {
  line: TurnContextLine;
  /** The item before the message with which they began; null: a compaction came since, and they hold wherever it is cut. */
  after: ResponseItem | null;
}

/** Folds the lines. */
export function rebuildHistory(lines: Iterable<RolloutItem>, rules: RebuildRules): RebuiltHistory {
  let items: ResponseItem[] = [];
  let contexts: ContextPlace[] = [];
  let summary: string | null = null;
  let newest = "";
  for (const line of lines) {
    switch (line.type) {
      case "response_item":
        items.push(rules.truncate(line.payload));
        break;
      case "turn_context": {
        const text = JSON.stringify(line.payload);
        if (text === newest) break;
        newest = text;
        const begin = items.findLastIndex(isUserTurn);
        const after = items[begin < 0 ? items.length - 1 : begin - 1] ?? null;
        contexts.push({ line: line.payload, after });
        break;
      }
      case "compacted": {
        const context = contexts.at(-1)?.line ?? null;
        items = line.payload.replacement_history?.slice() ?? rules.compacted(items, line.payload, context);
        contexts = context === null ? [] : [{ line: context, after: null }];
        summary = line.payload.message;
        break;
      }
      case "event_msg":
        if (line.payload.type === "thread_rolled_back") {
          items = dropLastUserTurns(items, line.payload.num_turns, summary);
          const left = new Set(items);
          contexts = contexts.filter(({ after }) => after === null || left.has(after));
          newest = "";
        }
        break;
      case "session_meta":
        break;
    }
  }
  return { items, contexts, summary };
}

/**
 * Cuts before the n-th last message a person sent; with fewer of them, before the first. Without any, nothing changes.
 * @param summary the text of a compaction's summary, which stands in the user's role, too; null: there is none
 */
export function dropLastUserTurns(
  history: readonly ResponseItem[],
  turns: number,
  summary: string | null = null,
): ResponseItem[] {
  let cut = history.length;
  let left = turns;
  for (let at = history.length - 1; at >= 0 && left > 0; at--) {
    const item = history[at];
    if (item === undefined || !isUserTurn(item) || isSummary(item, summary)) continue;
    cut = at;
    left--;
  }
  return history.slice(0, cut);
}

function isSummary({ content }: MessageItem, summary: string | null): boolean {
  const [only] = content;
  return summary !== null && content.length === 1 && only !== undefined && "text" in only && only.text === summary;
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
