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

/** A first-in, first-out queue with one reader. */
export class SubmissionQueue {
  readonly #waiting: Submission[] = [];
  readonly #senders: (() => void)[] = [];
  #reader: (() => void) | null = null;
  #closed = false;

  /** Waits for room, then queues. @throws {ThreadClosedError} */
  async push(submission: Submission): Promise<void> {
    while (this.#waiting.length >= CAPACITY && !this.#closed) {
      await new Promise<void>((resolve) => this.#senders.push(resolve));
    }
    if (this.#closed) throw new ThreadClosedError();
    this.#waiting.push(submission);
    this.#reader?.();
  }

  /** The next operation; null when the queue is closed and empty. */
  async next(): Promise<Submission | null> {
    while (this.#waiting.length === 0 && !this.#closed) {
      await new Promise<void>((resolve) => {
        this.#reader = resolve;
      });
      this.#reader = null;
    }
    const submission = this.#waiting.shift() ?? null;
    this.#senders.shift()?.();
    return submission;
  }

  close(): void {
    this.#closed = true;
    this.#reader?.();
    for (const wake of this.#senders.splice(0)) wake();
  }
}
