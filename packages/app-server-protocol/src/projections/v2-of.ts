/** ThreadEvent -> the notifications of v2. What is asked of a client is in questions.ts. */

import type { ItemDelta, Notice, ThreadEvent, ThreadItem as CoreItem, TurnOutcome } from "@codex-ts/protocol";
import { toldItem } from "@codex-ts/protocol";
import type { ServerNotification } from "../messages.js";
import type { ThreadItem } from "../v2/items.js";
import type { Turn } from "../v2/thread.js";
import { turnErrorToV2 } from "./policies.js";
import { rateLimitsToV2, tokenUsageToV2 } from "./usage.js";
import { itemToV2, type QuoteCommand, reviewBeginning, reviewEnd } from "./v2-items.js";

/** What the fold has to remember, and what the client asked for. One per subscription; `v2Of` changes it in place. */
export interface V2State {
  readonly quoteCommand: QuoteCommand;
  /** Also send `rawResponseItem/completed`. */
  readonly rawEvents: boolean;
  /** Also send notifications that 0.92 did not have: warnings, the start of MCP servers. */
  readonly newer: boolean;
  /** The turns that the client knows of and that have not ended: one that runs, and one that waits for its end. */
  readonly announcedTurns: Set<string>;
  /** Open items whose output is a patch's. */
  readonly openPatches: Set<string>;
  /** Characters that wait for their other bytes, by item and stream. */
  readonly decoders: Map<string, TextDecoder>;
}

/** What the client asked for. */
export interface V2Options {
  quoteCommand: QuoteCommand;
  rawEvents?: boolean;
  newer?: boolean;
}

/** @returns the state before the first event */
export function createV2State({ quoteCommand, rawEvents = false, newer = false }: V2Options): V2State {
  return { quoteCommand, rawEvents, newer, announcedTurns: new Set(), openPatches: new Set(), decoders: new Map() };
}

/** @returns a turn without items, as notifications have it */
export function emptyTurn(id: string, status: Turn["status"], error: Turn["error"] = null): Turn {
  return { id, items: [], status, error };
}

/**
 * The notifications that say the same, in order. A turn is announced before anything else of it: at its start, or here by
 * a server that answers `turn/start` before it (then it adds to `announcedTurns`, and `turn/started` is not repeated).
 */
export function v2Of(event: ThreadEvent, state: V2State): ServerNotification[] {
  const place = { threadId: event.threadId, turnId: event.turnId ?? "" };
  switch (event.type) {
    case "turn.started":
      return announce(place, state);
    case "turn.ended":
      return [...announce(place, state), ...turnEnded(event.outcome, place, state)];
    case "item.started":
      return itemStarted(event.item, place, state);
    case "item.delta":
      return delta(event.itemId, event.delta, place, state);
    case "item.ended":
      return itemEnded(event.item, place, state);
    case "turn.diff":
      return [{ method: "turn/diff/updated", params: { ...place, diff: event.diff } }];
    case "turn.plan":
      return [{ method: "turn/plan/updated", params: { ...place, ...planOf(event.plan) } }];
    case "usage":
      return usage(event, place);
    case "notice":
      return notice(event.notice, place, state);
    case "response.item":
      if (!state.rawEvents) return [];
      return [{ method: "rawResponseItem/completed", params: { ...place, item: toldItem(event.item) } }];
    case "thread.configured":
    case "question.asked":
    case "question.answered":
    case "reply":
      return [];
  }
}

interface Place {
  threadId: string;
  turnId: string;
}

function announce({ threadId, turnId }: Place, state: V2State): ServerNotification[] {
  if (state.announcedTurns.has(turnId)) return [];
  state.announcedTurns.add(turnId);
  return [{ method: "turn/started", params: { threadId, turn: emptyTurn(turnId, "inProgress") } }];
}

function turnEnded(outcome: TurnOutcome, { threadId, turnId }: Place, state: V2State): ServerNotification[] {
  state.announcedTurns.delete(turnId);
  const completed = (turn: Turn): ServerNotification => ({ method: "turn/completed", params: { threadId, turn } });
  switch (outcome.kind) {
    case "completed":
    case "interrupted":
      return [completed(emptyTurn(turnId, outcome.kind))];
    case "failed": {
      const error = turnErrorToV2(outcome.error);
      const told: ServerNotification = { method: "error", params: { error, willRetry: false, threadId, turnId } };
      return [told, completed(emptyTurn(turnId, "failed", error))];
    }
  }
}

function itemStarted(item: CoreItem, place: Place, state: V2State): ServerNotification[] {
  if (item.type === "review") return wholeItem(reviewBeginning(item, place.turnId), place);
  if (item.type === "fileChange") state.openPatches.add(item.id);
  return [started(itemToV2(item, state.quoteCommand), place)];
}

function itemEnded(item: CoreItem, place: Place, state: V2State): ServerNotification[] {
  if (item.type === "review") return wholeItem(reviewEnd(item, place.turnId), place);
  const rest = restOfOutput(item.id, place, state);
  state.openPatches.delete(item.id);
  return [...rest, completed(itemToV2(item, state.quoteCommand), place)];
}

function wholeItem(item: ThreadItem, place: Place): ServerNotification[] {
  return [started(item, place), completed(item, place)];
}

function started(item: ThreadItem, place: Place): ServerNotification {
  return { method: "item/started", params: { item, ...place } };
}

function completed(item: ThreadItem, place: Place): ServerNotification {
  return { method: "item/completed", params: { item, ...place } };
}

function delta(itemId: string, change: ItemDelta, place: Place, state: V2State): ServerNotification[] {
  const where = { ...place, itemId };
  switch (change.kind) {
    case "text":
      return [{ method: "item/agentMessage/delta", params: { ...where, delta: change.text } }];
    case "reasoningSummary": {
      const params = { ...where, delta: change.text, summaryIndex: change.summaryIndex };
      return [{ method: "item/reasoning/summaryTextDelta", params }];
    }
    case "reasoningSection": {
      const params = { ...where, summaryIndex: change.summaryIndex };
      return [{ method: "item/reasoning/summaryPartAdded", params }];
    }
    case "reasoningRaw": {
      const params = { ...where, delta: change.text, contentIndex: change.contentIndex };
      return [{ method: "item/reasoning/textDelta", params }];
    }
    case "commandOutput":
      return output(itemId, decoded(itemId, change, state), place, state);
    case "terminalInput": {
      const params = { ...where, processId: change.processId, stdin: change.text };
      return [{ method: "item/commandExecution/terminalInteraction", params }];
    }
  }
}

/** A character whose bytes come in two pieces is told with the second. */
function decoded(itemId: string, change: ItemDelta & { kind: "commandOutput" }, state: V2State): string {
  const key = `${change.stream} ${itemId}`;
  let decoder = state.decoders.get(key);
  if (decoder === undefined) {
    decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    state.decoders.set(key, decoder);
  }
  return decoder.decode(change.chunk, { stream: true });
}

/** What the decoders still hold at an item's end is no character, and told as one that says so. */
function restOfOutput(itemId: string, place: Place, state: V2State): ServerNotification[] {
  return ["stdout", "stderr"].flatMap((stream) => {
    const decoder = state.decoders.get(`${stream} ${itemId}`);
    if (decoder === undefined) return [];
    state.decoders.delete(`${stream} ${itemId}`);
    return output(itemId, decoder.decode(), place, state);
  });
}

function output(itemId: string, text: string, place: Place, state: V2State): ServerNotification[] {
  if (text === "") return [];
  const params = { ...place, itemId, delta: text };
  if (state.openPatches.has(itemId)) return [{ method: "item/fileChange/outputDelta", params }];
  return [{ method: "item/commandExecution/outputDelta", params }];
}

const stepStatuses = { pending: "pending", in_progress: "inProgress", completed: "completed" } as const;

function planOf(plan: (ThreadEvent & { type: "turn.plan" })["plan"]) {
  const steps = plan.plan.map(({ step, status }) => ({ step, status: stepStatuses[status] }));
  return { explanation: plan.explanation, plan: steps };
}

function usage(event: ThreadEvent & { type: "usage" }, place: Place): ServerNotification[] {
  const notifications: ServerNotification[] = [];
  if (event.usage !== null) {
    const params = { ...place, tokenUsage: tokenUsageToV2(event.usage) };
    notifications.push({ method: "thread/tokenUsage/updated", params });
  }
  if (event.rateLimits !== null) {
    const params = { rateLimits: rateLimitsToV2(event.rateLimits) };
    notifications.push({ method: "account/rateLimits/updated", params });
  }
  return notifications;
}

function notice(said: Notice, place: Place, state: V2State): ServerNotification[] {
  switch (said.kind) {
    case "error":
      // a refused rollback is told in the answer to the request
      if (said.error.info === "thread_rollback_failed") return [];
      return [{ method: "error", params: { error: turnErrorToV2(said.error), willRetry: false, ...place } }];
    case "retrying": {
      const { message, info, additionalDetails } = said;
      const error = turnErrorToV2({ message, info, additionalDetails });
      return [{ method: "error", params: { error, willRetry: true, ...place } }];
    }
    case "compacted":
      return [{ method: "thread/compacted", params: place }];
    case "deprecation":
      return [{ method: "deprecationNotice", params: { summary: said.summary, details: said.details } }];
    default:
      return state.newer ? newerNotice(said, place.threadId) : [];
  }
}

function newerNotice(said: Notice, threadId: string): ServerNotification[] {
  switch (said.kind) {
    case "warning":
      return [{ method: "warning", params: { threadId, message: said.message } }];
    case "mcpStartup": {
      const { server: name, status } = said;
      const error = status.state === "failed" ? status.error : null;
      return [{ method: "mcpServer/startupStatus/updated", params: { threadId, name, status: status.state, error } }];
    }
    case "skillsChanged":
      return [{ method: "skills/changed", params: {} }];
    default:
      return [];
  }
}
