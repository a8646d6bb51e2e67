/** Reads an event stream's body chunk by chunk and hands on what each chunk meant. */

import type { ModelEvent } from "../contract/events.js";
import { disconnected } from "../errors/model-error.js";
import type { StreamDecoder, StreamState } from "./decoder.js";
import { IdleWatch } from "./idle-watch.js";
import { SseParser } from "./parser.js";

/** How long a settled response may take to say its last word. */
const SETTLED_MS = 2000;
/** Characters; more than any event, and less than the memory there is. */
const LONGEST_EVENT = 256 * 1024 * 1024;
/** How long the rest of a completed response may take before its connection is given up. */
const DRAIN_MS = 1000;

/**
 * One batch per chunk that meant anything. Ends after the decoder said that the response is complete; the rest of the
 * body is then read in the background, so that the connection can be used again.
 * @param idleTimeoutMs without a complete event for so long, the stream counts as dead
 * @throws {ModelError} from the decoder, or when the stream breaks or stalls
 */
export async function* readEventStream(
  body: ReadableStream<Uint8Array>,
  decoder: StreamDecoder,
  idleTimeoutMs: number,
  signal: AbortSignal,
): AsyncGenerator<readonly ModelEvent[], void, void> {
  const reader = body.getReader();
  const idle = new IdleWatch(idleTimeoutMs, () => void reader.cancel().catch(ignoreBroken));
  const parser = new SseParser();
  const text = new TextDecoder();
  let state: StreamState = "open";
  try {
    for (;;) {
      const chunk = await readChunk(reader, signal, idle, state);
      const data: string[] = [];
      if (chunk === null) parser.end(data);
      else parser.push(text.decode(chunk, { stream: true }), data);

      if (parser.pending > LONGEST_EVENT) throw disconnected("streamClosed", "an event of the stream is too long");
      const decoded = decode(decoder, data, chunk === null);
      idle.paused = true;
      if (decoded.batch.length > 0) yield decoded.batch;
      idle.paused = false;
      if (decoded.failure !== null) throw decoded.failure.error;
      if (decoded.state !== null) state = decoded.state;
      if (state === "complete") return;
      if (state === "settled") idle.shorten(SETTLED_MS);
      if (data.length > 0) idle.touch();
    }
  } finally {
    idle.stop();
    void (state === "complete" ? drain(reader) : reader.cancel()).catch(ignoreBroken);
  }
}

/** @returns null at the end of the body */
async function readChunk(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  signal: AbortSignal,
  idle: IdleWatch,
  state: StreamState,
): Promise<Uint8Array | null> {
  let result: Awaited<ReturnType<typeof reader.read>> | { error: unknown };
  try {
    result = await reader.read();
  } catch (error) {
    result = { error };
  }
  signal.throwIfAborted();
  if (idle.expired) {
    if (state === "settled") return null;
    throw disconnected("idleTimeout", "idle timeout waiting for SSE");
  }
  if ("error" in result) {
    const text = "Transport error: network error: error decoding response body";
    throw disconnected("streamClosed", text, { cause: result.error });
  }
  return result.done ? null : result.value;
}

/** Decodes what a chunk brought; what came before a failure is kept. `state` is null when nothing changed it. */
function decode(
  decoder: StreamDecoder,
  data: readonly string[],
  last: boolean,
): { batch: ModelEvent[]; state: StreamState | null; failure: { error: unknown } | null } {
  const batch: ModelEvent[] = [];
  let state: StreamState | null = null;
  try {
    for (const entry of data) {
      state = decoder.read(entry, batch);
      if (state === "complete") break;
    }
    if (last && state !== "complete") {
      decoder.end(batch);
      state = "complete";
    }
    return { batch, state, failure: null };
  } catch (error) {
    return { batch, state, failure: { error } };
  }
}

async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const timer = setTimeout(() => void reader.cancel().catch(ignoreBroken), DRAIN_MS);
  timer.unref();
  try {
    while (!(await reader.read()).done);
  } finally {
    clearTimeout(timer);
  }
}

/** The response was complete or given up: how its connection ends changes nothing. */
function ignoreBroken(): void {}
