/** What a model's stream says, independent of the wire it came over. */

import type { RateLimitSnapshot, ResponseItem, TokenUsage } from "@codex-ts/protocol";

/** Why a response ended before the model was done; a result, not a failure of the stream. */
export interface IncompleteResponse {
  /** The server's word: `max_output_tokens`, `content_filter`, ... */
  reason: string;
  /** One sentence for a person. */
  message: string;
}

/** One event of a stream. Item ids are the server's, null when it gave none. */
export type ModelEvent =
  | { type: "created"; responseId: string | null }
  /** From the response's headers; sent once per response, all null when the server says nothing of limits. */
  | { type: "rateLimits"; snapshot: RateLimitSnapshot }
  /** The server's model list changed when this differs from the last one seen. */
  | { type: "modelsEtag"; etag: string }
  /** Usage already counts the reasoning of earlier responses. */
  | { type: "reasoningIncluded" }
  /** An item begins. Tool calls are complete only at their `itemDone`. */
  | { type: "itemAdded"; item: ResponseItem }
  | { type: "textDelta"; itemId: string | null; delta: string }
  | { type: "reasoningSectionAdded"; itemId: string | null; summaryIndex: number }
  | { type: "reasoningSummaryDelta"; itemId: string | null; summaryIndex: number; delta: string }
  | { type: "reasoningRawDelta"; itemId: string | null; contentIndex: number; delta: string }
  /** An item is complete: to be recorded, and run when it is a call. */
  | { type: "itemDone"; item: ResponseItem }
  /** The response is complete; always the last event of a stream that did not fail. */
  | { type: "completed"; responseId: string | null; usage: TokenUsage | null; incomplete: IncompleteResponse | null };
