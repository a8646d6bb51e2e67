/** Says what happens in a thread: numbers events, stamps them, and hands them to whoever listens. */

import type { ThreadEvent, ThreadEventBody, ThreadId, TurnId } from "@codex-ts/protocol";

/** Called for each event, in order, at once. It must not wait; what it throws is reported and harms nobody else. */
export type EventListener = (event: ThreadEvent) => void;

/** Events that are kept for the first listener. Whoever missed more than these did not want them. */
const EARLY_EVENTS = 1_000;

/** A thread's events. */
export class EventLog {
  readonly #threadId: ThreadId;
  readonly #now: () => Date;
  readonly #report: (error: unknown, where: string) => void;
  readonly #listeners = new Set<EventListener>();
  readonly #observers = new Set<EventListener>();
  /** Events from before the first listener; null once there was one. */
  #early: ThreadEvent[] | null = [];
  /** Events that wait for the others of their step; null when none are held back. */
  #held: ThreadEvent[] | null = null;
  #seq = 0;
  #stampedAt = 0;
  #stamp = "";

  /** @param report hears of listeners that failed */
  constructor(threadId: ThreadId, now: () => Date, report: (error: unknown, where: string) => void) {
    this.#threadId = threadId;
    this.#now = now;
    this.#report = report;
  }

  /** Says one event. @param keep gets it before anybody hears of it */
  emit(body: ThreadEventBody, turnId: TurnId | null, keep?: (event: ThreadEvent) => void): void {
    const event: ThreadEvent = { threadId: this.#threadId, seq: this.#seq, at: this.#time(), turnId, ...body };
    this.#seq += 1;
    keep?.(event);
    if (this.#held !== null) this.#held.push(event);
    else this.#tellAll(event);
  }

  /** Does work whose events are told when it is done. @param before what has to happen before anybody hears of them */
  together(work: () => void, before: () => void): void {
    const held: ThreadEvent[] = [];
    this.#held = held;
    try {
      work();
    } finally {
      this.#held = null;
      before();
      for (const event of held) this.#tellAll(event);
    }
  }

  /**
   * Hears all events from now on; the first listener also hears those from before.
   * @returns a function that ends it
   */
  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    const early = this.#early;
    this.#early = null;
    for (const event of early ?? []) this.#tell(listener, event);
    return () => this.#listeners.delete(listener);
  }

  /** Hears events from now on beside the listeners: for the thread's own bookkeeping. */
  observe(observer: EventListener): void {
    this.#observers.add(observer);
  }

  #tellAll(event: ThreadEvent): void {
    for (const observer of this.#observers) this.#tell(observer, event);
    if (this.#early !== null) this.#keep(this.#early, event);
    else for (const listener of this.#listeners) this.#tell(listener, event);
  }

  /** A front end that fails must not take the turn with it. */
  #tell(listener: EventListener, event: ThreadEvent): void {
    try {
      listener(event);
    } catch (error) {
      this.#report(error, `listener to ${event.type}`);
    }
  }

  #keep(early: ThreadEvent[], event: ThreadEvent): void {
    if (early.length < EARLY_EVENTS) early.push(event);
    else this.#early = null;
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
