/** The stream on which an HTTP server talks without being asked. */

import { setTimeout as delay } from "node:timers/promises";
import { readEvents } from "./event-stream.js";

/** What the stream needs. */
export interface PushStreamOptions {
  /** Opens it; null: the server has none. @throws when the server cannot be reached, or is not well */
  get(headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Response | null>;
  deliver(data: string): void;
  /** The connection is being closed. */
  signal: AbortSignal;
  /** Milliseconds before it is tried for the second time; each pause after that is twice as long. @default 1000 */
  firstPauseMs?: number;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** How often a stream that never was open is tried in a row: some servers answer with an error for want of one. */
const FIRST_TRIES = 5;

/** Keeps the stream open; a server without one is left in peace. */
export class PushStream {
  readonly #options: PushStreamOptions;
  #running: AbortController | null = null;

  constructor(options: PushStreamOptions) {
    this.#options = options;
  }

  /** Opens the stream in the background. */
  begin(): void {
    this.stop();
    const running = new AbortController();
    this.#running = running;
    void this.#run(AbortSignal.any([running.signal, this.#options.signal]));
  }

  stop(): void {
    this.#running?.abort();
    this.#running = null;
  }

  /** Ends when the server has no such stream, or when it is told to; one that was open once is always tried again. */
  async #run(signal: AbortSignal): Promise<void> {
    let lastEventId: string | null = null;
    const { firstPauseMs = FIRST_PAUSE_MS } = this.#options;
    let pause = firstPauseMs;
    let wasOpen = false;
    for (let tries = 1; !signal.aborted; tries++) {
      const headers: Record<string, string> = lastEventId === null ? {} : { "last-event-id": lastEventId };
      try {
        const response = await this.#options.get(headers, signal);
        if (response === null) return;
        if (!(response.headers.get("content-type") ?? "").startsWith("text/event-stream") || response.body === null) {
          await response.body?.cancel();
          return;
        }
        wasOpen = true;
        for await (const event of readEvents(response.body)) {
          lastEventId = event.id ?? lastEventId;
          pause = firstPauseMs;
          this.#options.deliver(event.data);
        }
      } catch {
        // It could not be opened, or broke: a server that restarts is there again in a while.
      }
      if (signal.aborted || (!wasOpen && tries === FIRST_TRIES)) return;
      try {
        await delay(pause, undefined, { signal, ref: false });
      } catch {
        return; // told to stop
      }
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }
}
