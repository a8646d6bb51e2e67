/** Has the model answer once: its stream becomes items and history at once, and its calls begin to run. */

import type { ModelEvent, ModelRequest, RetryBudget } from "@codex-ts/model-client";
import { webSearchText } from "@codex-ts/protocol";
import type { ItemId, ResponseItem, ThreadItem, TokenUsage } from "@codex-ts/protocol";
import { runCall } from "../tools/router.js";
import { toolCallOf } from "../tools/calls.js";
import type { Turn } from "./turn.js";

/** What an answer left behind. */
export interface Answered {
  /** The model called tools, so it wants to see their results. */
  calledTools: boolean;
  /** The text of the last message; null when it said nothing. */
  lastMessage: string | null;
  /** null when the provider did not say. */
  usage: TokenUsage | null;
  /** Why the answer stops early, for a person; null when it does not. */
  incomplete: string | null;
}

/** What one attempt has brought so far; it survives a stream that breaks. */
export class Attempt {
  readonly answered: Answered = { calledTools: false, lastMessage: null, usage: null, incomplete: null };
  readonly #turn: Turn;
  readonly #calls: Promise<ResponseItem>[] = [];
  /** The open item that deltas without an id belong to. */
  #active: ItemId | null = null;
  /** What the open message says so far: what is left of it when the stream breaks. */
  #said = "";

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  /**
   * Reads the stream to its end.
   * @throws what the client throws; call {@link settle} in any case
   */
  async read(request: ModelRequest, retries: RetryBudget): Promise<void> {
    const { session, signal, connection } = this.#turn;
    for await (const batch of session.services.model.stream(request, { signal, turn: connection, retries })) {
      for (const event of batch) this.#take(event);
    }
  }

  /** Waits for the calls that began and records their outputs in the order of the calls. */
  async settle(): Promise<void> {
    this.#endOpenItem();
    const outputs = await Promise.all(this.#calls);
    if (outputs.length > 0) this.#turn.session.record(outputs, this.#turn.id);
  }

  /** A stream that broke leaves an item open; it ends with what was said. */
  #endOpenItem(): void {
    const { session, id: turnId } = this.#turn;
    if (this.#active === null || !session.items.has(this.#active)) return;
    const text = this.#said;
    session.items.endAs(this.#active, (item) => (item.type === "agentMessage" ? { ...item, text } : item), turnId);
    this.#active = null;
  }

  #take(event: ModelEvent): void {
    const { session, id: turnId } = this.#turn;
    switch (event.type) {
      case "textDelta":
        this.#said += event.delta;
        this.#delta(event.itemId, { kind: "text", text: event.delta });
        break;
      case "reasoningSummaryDelta":
        this.#delta(event.itemId, { kind: "reasoningSummary", summaryIndex: event.summaryIndex, text: event.delta });
        break;
      case "reasoningSectionAdded":
        this.#delta(event.itemId, { kind: "reasoningSection", summaryIndex: event.summaryIndex });
        break;
      case "reasoningRawDelta":
        this.#delta(event.itemId, { kind: "reasoningRaw", contentIndex: event.contentIndex, text: event.delta });
        break;
      case "itemAdded":
        this.#begin(event.item);
        break;
      case "itemDone":
        this.#finish(event.item);
        break;
      case "rateLimits":
        session.meter.noteRateLimits(event.snapshot, turnId);
        break;
      case "completed":
        this.answered.usage = event.usage;
        this.answered.incomplete = event.incomplete?.message ?? null;
        if (event.usage !== null) session.meter.noteUsage(event.usage, this.#turn.model.usableWindow, turnId);
        else session.meter.noteRateLimits(null, turnId);
        break;
      case "reasoningIncluded":
        session.meter.reasoningIncluded = true;
        break;
      case "modelsEtag":
        session.services.models.noteEtag(event.etag);
        break;
      case "created":
        break;
    }
  }

  /** Deltas go to the item they name; servers that name none mean the one that began last. */
  #delta(itemId: ItemId | null, delta: Parameters<Turn["session"]["items"]["delta"]>[1]): void {
    const { items } = this.#turn.session;
    const target = itemId !== null && items.has(itemId) ? itemId : this.#active;
    if (target !== null) items.delta(target, delta);
  }

  #begin(item: ResponseItem): void {
    const started = this.#threadItem(item, "begin");
    if (started === null) return;
    this.#active = started.id;
    this.#said = "";
    this.#turn.session.items.start(started, this.#turn.id);
  }

  #finish(item: ResponseItem): void {
    const { session, id: turnId } = this.#turn;
    const ended = this.#threadItem(item, "end");
    session.together(() => {
      if (ended !== null) session.items.end(ended, turnId);
      if (item.type !== "other") session.record([item], turnId);
    });
    if (ended !== null) this.#active = null;
    if (item.type === "message" && item.role === "assistant" && ended?.type === "agentMessage") {
      this.answered.lastMessage = ended.text;
    }
    const call = toolCallOf(item);
    if (call === null) return;
    this.answered.calledTools = true;
    // It is on disk by now: whoever resumes after a crash must know that it may have happened.
    this.#calls.push(runCall(call, this.#turn));
  }

  /** The item that people see for what the model sent; null for calls, whose tools show their own. */
  #threadItem(item: ResponseItem, phase: "begin" | "end"): ThreadItem | null {
    switch (item.type) {
      case "message": {
        const text = phase === "begin" ? "" : item.content.map((part) => ("text" in part ? part.text : "")).join("");
        return { type: "agentMessage", id: this.#idOf(item.id, phase), text };
      }
      case "reasoning": {
        const raw = phase === "begin" ? [] : (item.content ?? []).map((part) => part.text);
        const summary = phase === "begin" ? [] : item.summary.map((part) => part.text);
        return { type: "reasoning", id: this.#idOf(item.id, phase), summary, raw };
      }
      case "web_search_call": {
        const action = phase === "begin" ? { type: "other" as const } : (item.action ?? { type: "other" as const });
        return { type: "webSearch", id: this.#idOf(item.id, phase), query: webSearchText(action), action };
      }
      default:
        return null;
    }
  }

  /** The server's id; where it sends none, the one its beginning was given. */
  #idOf(id: string | null | undefined, phase: "begin" | "end"): ItemId {
    if (id) return id;
    if (phase === "end" && this.#active !== null) return this.#active;
    return this.#turn.session.services.newId();
  }
}
