/** Turns a Chat Completions stream into `ModelEvent`s: items begin and end as they do on the Responses wire. */

import type { ResponseItem, TokenUsage } from "@codex-ts/protocol";
import type { IncompleteResponse, ModelEvent } from "../contract/events.js";
import { failedResponseError } from "../errors/failed-event.js";
import { contextWindowExceeded, disconnected } from "../errors/model-error.js";
import { isRecord, numberMember, parseRecord, recordMember, stringMember } from "../json.js";
import type { StreamDecoder, StreamState } from "../sse/decoder.js";
import { ToolCallCollector } from "./tool-calls.js";

type Json = Readonly<Record<string, unknown>>;

/** The item that deltas go to. */
interface OpenItem {
  kind: "message" | "reasoning";
  id: string;
  text: string;
}

/** Reads the stream's chunks. Only the first choice is expected; others are read alike. */
export class ChatDecoder implements StreamDecoder {
  readonly #calls = new ToolCallCollector();
  #open: OpenItem | null = null;
  #responseId: string | null = null;
  #usage: TokenUsage | null = null;
  #incomplete: IncompleteResponse | null = null;
  #finished = false;

  read(data: string, out: ModelEvent[]): StreamState {
    const marker = data.trim();
    if (marker === "[DONE]" || marker === "DONE") {
      this.#finish(out);
      return this.#complete(out);
    }
    const chunk = parseRecord(data);
    if (chunk === null) return "open";
    this.#raiseError(chunk);
    this.#responseId ??= stringMember(chunk, "id");
    this.#usage = readUsage(recordMember(chunk, "usage")) ?? this.#usage;
    const choices = chunk["choices"];
    for (const choice of Array.isArray(choices) ? choices : []) {
      if (isRecord(choice)) this.#choice(choice, out);
    }
    if (!this.#finished) return "open";
    return this.#usage === null ? "settled" : this.#complete(out);
  }

  end(out: ModelEvent[]): void {
    if (!this.#finished) throw disconnected("streamClosed", "stream closed before the answer was complete");
    this.#complete(out);
  }

  /** Servers that fail in the middle say so inside the stream. */
  #raiseError(chunk: Json): void {
    const error = chunk["error"];
    if (typeof error === "string") throw failedResponseError({ code: null, message: error });
    if (!isRecord(error)) return;
    const code = stringMember(error, "code") ?? stringMember(error, "type");
    throw failedResponseError({ code, message: stringMember(error, "message") });
  }

  #choice(choice: Json, out: ModelEvent[]): void {
    const delta = recordMember(choice, "delta") ?? {};
    const reasoning = reasoningText(delta) + reasoningText(recordMember(choice, "message") ?? {});
    if (reasoning !== "") this.#append("reasoning", reasoning, out);
    const text = contentText(delta["content"]);
    if (text !== "") this.#append("message", text, out);
    const calls = delta["tool_calls"];
    if (Array.isArray(calls)) for (const call of calls) this.#calls.add(call);

    switch (stringMember(choice, "finish_reason")) {
      case null:
        return;
      case "length":
        throw contextWindowExceeded();
      case "content_filter":
        this.#incomplete = {
          reason: "content_filter",
          message: "The provider's content filter stopped the model's answer. Rephrase the request to go on.",
        };
        this.#finish(out);
        return;
      default:
        this.#finish(out);
    }
  }

  #append(kind: OpenItem["kind"], delta: string, out: ModelEvent[]): void {
    if (this.#open?.kind !== kind) {
      this.#close(out);
      this.#open = { kind, id: crypto.randomUUID(), text: "" };
      out.push({ type: "itemAdded", item: itemOf(this.#open) });
    }
    const { id } = this.#open;
    this.#open.text += delta;
    out.push(
      kind === "message"
        ? { type: "textDelta", itemId: id, delta }
        : { type: "reasoningRawDelta", itemId: id, contentIndex: 0, delta },
    );
  }

  #close(out: ModelEvent[]): void {
    if (this.#open === null) return;
    out.push({ type: "itemDone", item: itemOf(this.#open) });
    this.#open = null;
  }

  /** The content is complete: what is open ends, then come the calls. */
  #finish(out: ModelEvent[]): void {
    this.#close(out);
    for (const item of this.#calls.take()) out.push({ type: "itemDone", item });
    this.#finished = true;
  }

  #complete(out: ModelEvent[]): StreamState {
    const [responseId, usage, incomplete] = [this.#responseId, this.#usage, this.#incomplete];
    out.push({ type: "completed", responseId, usage, incomplete });
    return "complete";
  }
}

function itemOf({ kind, id, text }: OpenItem): ResponseItem {
  if (kind === "message") {
    return { type: "message", role: "assistant", content: text === "" ? [] : [{ type: "output_text", text }], id };
  }
  return { type: "reasoning", id, summary: [], content: text === "" ? [] : [{ type: "reasoning_text", text }] };
}

/** `reasoning` as a text or an object, or `reasoning_content` as several servers call it. */
function reasoningText(holder: Json): string {
  const value = holder["reasoning"] ?? holder["reasoning_content"];
  if (typeof value === "string") return value;
  return isRecord(value) ? (stringMember(value, "text") ?? stringMember(value, "content") ?? "") : "";
}

function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part) => (isRecord(part) ? (stringMember(part, "text") ?? "") : "")).join("");
}

function readUsage(usage: Json | null): TokenUsage | null {
  if (usage === null) return null;
  const [input, output] = [numberMember(usage, "prompt_tokens") ?? 0, numberMember(usage, "completion_tokens") ?? 0];
  return {
    input_tokens: input,
    cached_input_tokens: numberMember(recordMember(usage, "prompt_tokens_details") ?? {}, "cached_tokens") ?? 0,
    output_tokens: output,
    reasoning_output_tokens:
      numberMember(recordMember(usage, "completion_tokens_details") ?? {}, "reasoning_tokens") ?? 0,
    total_tokens: numberMember(usage, "total_tokens") ?? input + output,
  };
}
