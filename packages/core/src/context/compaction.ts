/** Replaces a conversation that fills the window by a summary of it: what matters stays, and a failing call harms nothing. */

import { ModelError, type ModelRequest } from "@codex-ts/model-client";
import { isUserTurn } from "@codex-ts/rollout";
import type { MessageItem, ResponseItem } from "@codex-ts/protocol";
import { compaction, compactionPrefix } from "../generated/prompts.js";
import { initialContext } from "../instructions/initial-context.js";
import { userMessage } from "../instructions/messages.js";
import { turnErrorOf } from "../turn/errors.js";
import { modelRequest, turnContextLine } from "../turn/request.js";
import { retryOrFail } from "../turn/retry.js";
import { throwIfAborted, TurnFailure, type Turn } from "../turn/turn.js";
import { hasImages, withoutImages } from "./history.js";
import { itemsToSend } from "./normalise.js";
import { truncateMiddle } from "./truncation.js";
import { estimateContextTokens, estimateItemTokens, estimateTextTokens } from "./token-accounting.js";

/** Tokens of user messages that a compacted conversation keeps, newest first. */
const KEPT_USER_TOKENS = 20_000;

/** Said after every local compaction. */
const ACCURACY_WARNING =
  "Heads up: Long threads and multiple compactions can cause the model to be less accurate. Start a new thread when possible to keep threads small and targeted.";

/** Compacts when the context in use has reached the limit. @throws {TurnFailure} when it is full and cannot be compacted */
export async function compactIfFull(turn: Turn): Promise<void> {
  const { session, model } = turn;
  const limit = model.autoCompactLimit;
  if (limit === null || session.meter.tokensInUse(session.history.items) < limit) return;
  await compact(turn);
}

/** Compacts now, on the server where the provider offers it. @throws {TurnFailure} */
export async function compact(turn: Turn): Promise<void> {
  if (turn.session.compactsRemotely()) await compactRemotely(turn);
  else await compactLocally(turn);
}

/**
 * The conversation after a local compaction: fresh context, the user's own messages within a budget, the summary.
 * @param summaryMessage begins with the prefix
 */
export function compactedHistory(
  initial: readonly MessageItem[],
  history: readonly ResponseItem[],
  summaryMessage: string,
): ResponseItem[] {
  const snapshots = history.filter((item) => item.type === "ghost_snapshot");
  return [...initial, ...keptUserMessages(history), userMessage(summaryMessage), ...snapshots];
}

// helpers

async function compactRemotely(turn: Turn): Promise<void> {
  const { session, settings, signal } = turn;
  const input = itemsToSend(session.history.items, { commandOutputsAsText: turn.tools.hasFreeformPatch });
  if (input.length === 0) return;
  try {
    const output = await session.services.model.compact(
      {
        model: settings.model,
        instructions: session.baseInstructions,
        input,
        subAgent: session.subAgentLabel ?? undefined,
      },
      { signal },
    );
    const snapshots = session.history.items.filter((item) => item.type === "ghost_snapshot");
    const replacement = [...output, ...snapshots];
    session.replaceHistory(replacement, { message: "", replacement_history: replacement }, turn);
  } catch (error) {
    throwIfAborted(signal);
    if (!(error instanceof ModelError)) throw error;
    const told = turnErrorOf(error);
    throw new TurnFailure({ ...told, message: `Error running remote compact task: ${told.message}` }, { cause: error });
  }
}

async function compactLocally(turn: Turn): Promise<void> {
  const { session, id: turnId } = turn;
  session.rollout?.append([{ type: "turn_context", payload: turnContextLine(turn) }]);
  const summary = await summarise(turn);
  const message = `${compactionPrefix}\n${summary}`;
  // What the running turn works under: newer settings are told when they come into force.
  const situation = session.situation(turn.settings);
  const replacement = compactedHistory(initialContext(situation), session.history.items, message);
  session.replaceHistory(replacement, { message }, turn, situation);
  session.warn(ACCURACY_WARNING, turnId);
}

/** Asks the model for the summary; when even that does not fit, the oldest items go until it does. */
async function summarise(turn: Turn): Promise<string> {
  const { session, signal, connection, id: turnId } = turn;
  const prompt = userMessage(session.config.compactPrompt ?? compaction);
  const retries = session.services.model.newRetryBudget();
  let history = [...session.history.items];
  let trimmed = 0;
  for (;;) {
    const base = modelRequest(turn);
    const request: ModelRequest = {
      ...base,
      input: itemsToSend([...history, prompt], { commandOutputsAsText: turn.tools.hasFreeformPatch }),
      tools: [],
      parallelToolCalls: false,
      text: undefined,
    };
    try {
      let summary = "";
      for await (const batch of session.services.model.stream(request, { signal, turn: connection, retries })) {
        for (const event of batch) {
          if (event.type === "itemDone" && event.item.type === "message") summary = textOf(event.item);
          else if (event.type === "rateLimits") session.meter.noteRateLimits(event.snapshot, turnId);
          else if (event.type === "completed" && event.usage !== null)
            session.meter.noteUsage(event.usage, turn.model.usableWindow, turnId);
        }
      }
      if (trimmed > 0) session.background(trimNote(trimmed), turnId);
      return summary;
    } catch (error) {
      throwIfAborted(signal);
      if (!(error instanceof ModelError)) throw error;
      if (error.kind === "contextWindow" && history.some(hasImages)) {
        // A summary needs them least, and their size says little of their tokens.
        history = history.map((item) => withoutImages(item, "[an image that was left out]"));
        retries.reset();
        continue;
      }
      if (error.kind === "contextWindow" && history.length > 1) {
        const before = history.length;
        history = withoutOldest(history, turn);
        trimmed += before - history.length;
        retries.reset();
        continue;
      }
      await retryOrFail(error, retries, turn);
    }
  }
}

function trimNote(count: number): string {
  return `Trimmed ${count} older thread item(s) before compacting so the prompt fits the model context window.`;
}

/** Drops the oldest item, and more while what is left is by our estimate too much for the window; never the last one. */
function withoutOldest(history: readonly ResponseItem[], { session, model }: Turn): ResponseItem[] {
  const window = model.usableWindow ?? Number.POSITIVE_INFINITY;
  let excess = estimateContextTokens(session.baseInstructions, history) - window;
  const callsDropped = new Set<string>();
  let first = 0;
  do {
    const item = history[first];
    if (item === undefined) break;
    excess -= estimateItemTokens(item);
    if ("call_id" in item && item.call_id) callsDropped.add(item.call_id);
    first += 1;
  } while (excess > 0 && first < history.length - 1);
  // A call and its output go together.
  return history.slice(first).filter((item) => !("call_id" in item && item.call_id && callsDropped.has(item.call_id)));
}

/** Newest first until the budget is spent; the one that crosses it is cut in the middle. Then in their old order. */
function keptUserMessages(history: readonly ResponseItem[]): MessageItem[] {
  let left = KEPT_USER_TOKENS;
  const kept: MessageItem[] = [];
  for (const item of history.toReversed()) {
    if (left <= 0) break;
    if (item.type !== "message" || !(isUserTurn(item) || isAbortMarker(item))) continue;
    const text = textOf(item);
    if (text === "" || text.startsWith(`${compactionPrefix}\n`)) continue;
    const tokens = estimateTextTokens(text);
    kept.unshift(userMessage(tokens <= left ? text : truncateMiddle(text, { mode: "tokens", limit: left })));
    left -= tokens;
  }
  return kept;
}

function isAbortMarker(item: MessageItem): boolean {
  return item.role === "user" && textOf(item).trimStart().startsWith("<turn_aborted>");
}

function textOf(item: MessageItem): string {
  return item.content.map((part) => ("text" in part ? part.text : "")).join("");
}
