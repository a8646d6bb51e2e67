/** The contract between core and any model client: real, recording or replaying. */

import type { ResponseItem } from "@codex-ts/protocol";
import type { RetryBudget } from "../retry/budget.js";
import type { TurnConnection } from "../turn-connection.js";
import type { ModelEvent } from "./events.js";
import type { CompactRequest, ModelRequest } from "./request.js";

/** What one attempt needs besides the request. */
export interface StreamOptions {
  signal: AbortSignal;
  /** Made once per turn, closed at its end. */
  turn: TurnConnection;
  /** Made once per model request, shared by all its attempts. */
  retries: RetryBudget;
}

/** Talks to one provider. */
export interface ModelClient {
  /** A budget for one model request: all its attempts draw on it. */
  newRetryBudget(): RetryBudget;

  /**
   * One attempt, including silent retries of a request that never became a stream. Events come in batches (all that
   * one network read brought), in order; the last one is `completed`.
   * @throws {ModelError} ask `retries.decide(error)` whether to try again, with the items received so far as input
   * @throws the signal's reason when it was aborted
   */
  stream(request: ModelRequest, options: StreamOptions): AsyncIterable<readonly ModelEvent[]>;

  /**
   * Lets the server compact a conversation; the answer replaces the history.
   * @throws {ModelError}
   */
  compact(request: CompactRequest, options: { signal: AbortSignal }): Promise<ResponseItem[]>;
}
