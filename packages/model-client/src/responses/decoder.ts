/** Turns the JSON events of the Responses API into `ModelEvent`s: the same for SSE and websocket. */

import type { TokenUsage } from "@codex-ts/protocol";
import type { IncompleteResponse, ModelEvent } from "../contract/events.js";
import { failedResponseError, type FailureBody } from "../errors/failed-event.js";
import { disconnected, type ModelError } from "../errors/model-error.js";
import { numberMember, parseRecord, recordMember, stringMember } from "../json.js";
import type { StreamDecoder, StreamState } from "../sse/decoder.js";
import { readResponseItem } from "./read-item.js";

type Json = Readonly<Record<string, unknown>>;

/** Reads the Responses API's events. Unknown types and unparsable data are skipped. */
export class ResponsesDecoder implements StreamDecoder {
  /** What an `error` event said; raised only when the response does not come to an end of its own. */
  #reported: ModelError | null = null;
  readonly #errorsEndStream: boolean;

  /** @param options.errorsEndStream raise an `error` event at once, as on a websocket nothing follows it */
  constructor(options: { errorsEndStream: boolean } = { errorsEndStream: false }) {
    this.#errorsEndStream = options.errorsEndStream;
  }

  read(data: string, out: ModelEvent[]): StreamState {
    const event = parseRecord(data);
    if (event === null) return "open";
    switch (stringMember(event, "type")) {
      case "response.output_text.delta":
        readTextDelta(event, out);
        return "open";
      case "response.reasoning_summary_text.delta":
        readSummaryDelta(event, out);
        return "open";
      case "response.reasoning_text.delta":
        readRawDelta(event, out);
        return "open";
      case "response.reasoning_summary_part.added":
        readSectionAdded(event, out);
        return "open";
      case "response.created":
        out.push({ type: "created", responseId: stringMember(recordMember(event, "response") ?? {}, "id") });
        return "open";
      case "response.output_item.added":
        readItem("itemAdded", event, out);
        return "open";
      case "response.output_item.done":
        readItem("itemDone", event, out);
        return "open";
      case "response.completed":
        out.push(readCompleted(event));
        return "complete";
      case "response.done":
        out.push(completedEvent(recordMember(event, "response") ?? {}, null));
        return "complete";
      case "response.incomplete":
        out.push(readIncomplete(event));
        return "complete";
      case "response.failed":
        throw failedResponseError(readFailure(recordMember(event, "response") ?? {}));
      case "error":
        this.#reported = failedResponseError({
          ...(readFailure(event) ?? flatFailure(event)),
          status: numberMember(event, "status"),
        });
        if (this.#errorsEndStream) throw this.#reported;
        return "open";
      default:
        return "open";
    }
  }

  end(): void {
    throw this.#reported ?? disconnected("streamClosed", "stream closed before response.completed");
  }
}

function readTextDelta(event: Json, out: ModelEvent[]): void {
  const delta = stringMember(event, "delta");
  if (delta !== null) out.push({ type: "textDelta", itemId: stringMember(event, "item_id"), delta });
}

function readSummaryDelta(event: Json, out: ModelEvent[]): void {
  const delta = stringMember(event, "delta");
  const summaryIndex = numberMember(event, "summary_index");
  if (delta === null || summaryIndex === null) return;
  out.push({ type: "reasoningSummaryDelta", itemId: stringMember(event, "item_id"), summaryIndex, delta });
}

function readRawDelta(event: Json, out: ModelEvent[]): void {
  const delta = stringMember(event, "delta");
  const contentIndex = numberMember(event, "content_index");
  if (delta === null || contentIndex === null) return;
  out.push({ type: "reasoningRawDelta", itemId: stringMember(event, "item_id"), contentIndex, delta });
}

function readSectionAdded(event: Json, out: ModelEvent[]): void {
  const summaryIndex = numberMember(event, "summary_index");
  if (summaryIndex === null) return;
  out.push({ type: "reasoningSectionAdded", itemId: stringMember(event, "item_id"), summaryIndex });
}

function readItem(type: "itemAdded" | "itemDone", event: Json, out: ModelEvent[]): void {
  const item = readResponseItem(event["item"]);
  if (item !== null) out.push({ type, item });
}

function readCompleted(event: Json): ModelEvent {
  const response = recordMember(event, "response");
  if (response === null || stringMember(response, "id") === null) {
    throw disconnected("streamClosed", "failed to parse ResponseCompleted: missing field `id`");
  }
  return completedEvent(response, null);
}

const INCOMPLETE_MESSAGES: Readonly<Record<string, string>> = {
  max_output_tokens:
    "The model stopped because its answer reached the limit of output tokens. Ask it to go on, or for less at a time.",
  content_filter: "The provider's content filter stopped the model's answer. Rephrase the request to go on.",
};

function readIncomplete(event: Json): ModelEvent {
  const response = recordMember(event, "response") ?? {};
  const reason = stringMember(recordMember(response, "incomplete_details") ?? {}, "reason") ?? "unknown";
  const known = Object.hasOwn(INCOMPLETE_MESSAGES, reason) ? INCOMPLETE_MESSAGES[reason] : undefined;
  const message = known ?? `The model's answer ended before it was complete (${reason}).`;
  return completedEvent(response, { reason, message });
}

function completedEvent(response: Json, incomplete: IncompleteResponse | null): ModelEvent {
  return {
    type: "completed",
    responseId: stringMember(response, "id"),
    usage: readUsage(recordMember(response, "usage")),
    incomplete,
  };
}

function readUsage(usage: Json | null): TokenUsage | null {
  if (usage === null) return null;
  const input = recordMember(usage, "input_tokens_details") ?? {};
  const output = recordMember(usage, "output_tokens_details") ?? {};
  return {
    input_tokens: numberMember(usage, "input_tokens") ?? 0,
    cached_input_tokens: numberMember(input, "cached_tokens") ?? 0,
    output_tokens: numberMember(usage, "output_tokens") ?? 0,
    reasoning_output_tokens: numberMember(output, "reasoning_tokens") ?? 0,
    total_tokens: numberMember(usage, "total_tokens") ?? 0,
  };
}

function readFailure(holder: Json): FailureBody | null {
  const error = recordMember(holder, "error");
  return error === null ? null : flatFailure(error);
}

function flatFailure(error: Json): FailureBody {
  return { code: stringMember(error, "code"), message: stringMember(error, "message") };
}
