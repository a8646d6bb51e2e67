/** Reads an event stream's body chunk by chunk and hands on what each chunk meant. */

import type { ModelEvent } from "../contract/events.js";
import { disconnected } from "../errors/model-error.js";
import type { StreamDecoder } from "../responses/decoder.js";
import { IdleWatch } from "./idle-watch.js";
import { SseParser } from "./parser.js";

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
  let finished = false;
  try {
    for (;;) {
      const chunk = await readChunk(reader, signal, idle);
      const data: string[] = [];
      if (chunk === null) parser.end(data);
      else parser.push(text.decode(chunk, { stream: true }), data);
      if (data.length > 0) idle.touch();

      const { batch, complete, failure } = decode(decoder, data, chunk === null);
      finished = complete;
      if (batch.length > 0) yield batch;
      if (failure !== null) throw failure.error;
      if (complete) return;
    }
  } finally {
    idle.stop();
    void (finished ? drain(reader) : reader.cancel()).catch(ignoreBroken);
  }
}

/** @returns null at the end of the body */
async function readChunk(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  signal: AbortSignal,
  idle: IdleWatch,
): Promise<Uint8Array | null> {
  try {
    const { done, value } = await reader.read();
    signal.throwIfAborted();
    if (idle.expired) throw idleTimeout();
    return done ? null : value;
  } catch (error) {
    signal.throwIfAborted();
    if (idle.expired) throw idleTimeout();
    throw disconnected("streamClosed", `error reading the response: ${reason(error)}`, { cause: error });
  }
}

function idleTimeout(): Error {
  return disconnected("idleTimeout", "idle timeout waiting for SSE");
}

/** Decodes what a chunk brought; what came before a failure is kept. */
function decode(
  decoder: StreamDecoder,
  data: readonly string[],
  last: boolean,
): { batch: ModelEvent[]; complete: boolean; failure: { error: unknown } | null } {
  const batch: ModelEvent[] = [];
  try {
    const complete = data.some((entry) => decoder.read(entry, batch));
    if (last && !complete) decoder.end(batch);
    return { batch, complete: complete || last, failure: null };
  } catch (error) {
    return { batch, complete: false, failure: { error } };
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

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
