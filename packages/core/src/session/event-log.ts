/** Says what happens in a thread: numbers events, stamps them, and hands them to whoever listens. */

import type { ThreadEvent, ThreadEventBody, ThreadId, TurnId } from "@codex-ts/protocol";

/** Called for each event, in order, at once. It must not throw and must not wait. */
export type EventListener = (event: ThreadEvent) => void;

/** A thread's events. */
export class EventLog {
  readonly #threadId: ThreadId;
  readonly #now: () => Date;
  readonly #listeners = new Set<EventListener>();
  readonly #observers = new Set<EventListener>();
  /** Events from before the first listener; null once there was one. */
  #early: ThreadEvent[] | null = [];
  #seq = 0;
  #stampedAt = 0;
  #stamp = "";

  constructor(threadId: ThreadId, now: () => Date) {
    this.#threadId = threadId;
    this.#now = now;
  }

  /** Says one event. */
  emit(body: ThreadEventBody, turnId: TurnId | null): ThreadEvent {
    const event: ThreadEvent = { threadId: this.#threadId, seq: this.#seq, at: this.#time(), turnId, ...body };
    this.#seq += 1;
    for (const observer of this.#observers) observer(event);
    if (this.#early !== null) this.#early.push(event);
    else for (const listener of this.#listeners) listener(event);
    return event;
  }

  /**
   * Hears all events from now on; the first listener also hears those from before.
   * @returns a function that ends it
   */
  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    const early = this.#early;
    this.#early = null;
    for (const event of early ?? []) listener(event);
    return () => this.#listeners.delete(listener);
  }

  /** Hears events from now on beside the listeners: for the thread's own bookkeeping. */
  observe(observer: EventListener): void {
    this.#observers.add(observer);
  }

  /** Formatting a time costs more than the rest of a delta's way, so it is done once a millisecond. */
  #time(): string {
    const now = this.#now();
    if (now.getTime() !== this.#stampedAt || this.#stamp === "") {
      this.#stampedAt = now.getTime();
      this.#stamp = now.toISOString();
    }
    return this.#stamp;
  }
}
