/** What a wire does with the data of a stream's events. */

import type { ModelEvent } from "../contract/events.js";

/**
 * How far a response is. `settled`: its content is complete, and only accounting may follow, which is not waited for long.
 */
export type StreamState = "open" | "settled" | "complete";

/** Reads a stream's events one by one. */
export interface StreamDecoder {
  /**
   * Appends to `out` what one event means; after `complete` nothing more is to be read.
   * @throws {ModelError} when the server says that the response failed
   */
  read(data: string, out: ModelEvent[]): StreamState;
  /**
   * The stream ended, or went silent after it was settled.
   * @throws {ModelError} when the response was not over
   */
  end(out: ModelEvent[]): void;
}
