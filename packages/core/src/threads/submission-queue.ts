/** Takes operations in order, a bounded number at a time. */

import type { Submission } from "@codex-ts/protocol";

/** Operations that may wait; the sender of one more waits until there is room. */
const CAPACITY = 64;

/** The thread takes no more operations. */
export class ThreadClosedError extends Error {
  override readonly name = "ThreadClosedError";

  constructor() {
    super("internal error; agent loop died unexpectedly");
  }
}

/** Somebody who waits for room. */
interface Sender {
  submission: Submission;
  room: PromiseWithResolvers<void>;
}

/** A first-in, first-out queue with one reader. */
export class SubmissionQueue {
  readonly #waiting: Submission[] = [];
  readonly #senders: Sender[] = [];
  #reader: (() => void) | null = null;
  #closed = false;

  /** Queues; resolves when there was room. @throws {ThreadClosedError} */
  async push(submission: Submission): Promise<void> {
    if (this.#closed) throw new ThreadClosedError();
    if (this.#waiting.length >= CAPACITY) {
      const room = Promise.withResolvers<void>();
      this.#senders.push({ submission, room });
      return await room.promise;
    }
    this.#waiting.push(submission);
    this.#reader?.();
  }

  /** The next operation; null when the queue is closed. */
  async next(): Promise<Submission | null> {
    while (this.#waiting.length === 0 && !this.#closed) {
      await new Promise<void>((resolve) => {
        this.#reader = resolve;
      });
      this.#reader = null;
    }
    if (this.#closed) return null;
    const submission = this.#waiting.shift() ?? null;
    this.#admit();
    return submission;
  }

  /** Nothing is taken or given any more: what waits is dropped. */
  close(): void {
    this.#closed = true;
    this.#waiting.length = 0;
    this.#reader?.();
    for (const { room } of this.#senders.splice(0)) room.reject(new ThreadClosedError());
  }

  /** The place that became free is given away at once: nobody overtakes those who wait. */
  #admit(): void {
    const sender = this.#senders.shift();
    if (sender === undefined) return;
    this.#waiting.push(sender.submission);
    sender.room.resolve();
  }
}
