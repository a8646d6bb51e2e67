/** Carries events from whoever calls us to whoever reads: unbounded, one reader. */

/** A queue that is read with `for await`. */
export class EventQueue<Event> {
  readonly #waiting: Event[] = [];
  #end: { error: unknown } | "open" | "ended" = "open";
  #wake: () => void = () => undefined;

  /** What comes after the end is dropped. */
  push(event: Event): void {
    if (this.#end !== "open") return;
    this.#waiting.push(event);
    this.#wake();
  }

  /** Nothing more comes. */
  end(): void {
    if (this.#end === "open") this.#end = "ended";
    this.#wake();
  }

  /** Nothing more comes, and the reader gets this after what is waiting. */
  fail(error: unknown): void {
    if (this.#end === "open") this.#end = { error };
    this.#wake();
  }

  /** What was pushed, in order, to the end. */
  async *read(): AsyncGenerator<Event> {
    for (;;) {
      yield* this.#waiting.splice(0);
      if (this.#waiting.length > 0) continue;
      if (this.#end === "ended") return;
      if (this.#end !== "open") throw this.#end.error;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
