/** What arrives while a turn runs, until the model is told. Closed in the same step in which it is found empty, so that nothing is lost in between. */

import type { ResponseItem, UserInput } from "@codex-ts/protocol";

/** Input for a running turn. */
export type PendingInput =
  /** A person steers. */
  | { kind: "user"; items: UserInput[] }
  /** The program adds something, an image that a tool looked at for instance. */
  | { kind: "item"; item: ResponseItem };

/** The input that waits. */
export class PendingInputs {
  #waiting: PendingInput[] = [];
  #closed = false;

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** @returns false when the turn takes no more: it has looked for the last time */
  push(input: PendingInput): boolean {
    if (!this.#closed) this.#waiting.push(input);
    return !this.#closed;
  }

  /** Takes all that waits, oldest first. */
  take(): PendingInput[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }

  /** The turn takes no more, unless something waits. @returns whether it is closed */
  closeIfEmpty(): boolean {
    if (this.isEmpty) this.#closed = true;
    return this.#closed;
  }

  /** The turn is over; what still waits is dropped. */
  close(): void {
    this.#closed = true;
    this.#waiting = [];
  }
}
