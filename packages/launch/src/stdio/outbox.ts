/** Lines on their way to a client: written in batches, in order, and counted, so that a slow client is noticed. */

import type { TextWriter } from "./stdout.js";

/** Characters that may wait before producers are asked to pause. */
export const FULL_AT = 512 * 1024;
/** Characters at which a batch is written without waiting for the end of the tick. */
const BATCH = 64 * 1024;

/** What an outbox tells its owner. */
export interface OutboxOptions {
  /** The client takes nothing any more. Called once. */
  onBroken: () => void;
  /** More waits than may: called with every message that comes while it does. */
  onFull?: (waiting: number) => void;
}

/** The queue of one client. */
export class Outbox {
  readonly #channel: { readonly write: TextWriter };
  readonly #options: OutboxOptions;
  #waiting: string[] = [];
  #characters = 0;
  #inFlight = 0;
  #scheduled = false;
  #broken = false;
  #drained: PromiseWithResolvers<void> | null = null;
  #idle: PromiseWithResolvers<void> | null = null;

  constructor(channel: { readonly write: TextWriter }, options: OutboxOptions) {
    this.#channel = channel;
    this.#options = options;
  }

  /** Queues one message, without its line end. */
  send(line: string): void {
    if (this.#broken) return;
    this.#waiting.push(line);
    this.#characters += line.length + 1;
    if (this.isFull) this.#options.onFull?.(this.#characters + this.#inFlight);
    if (this.#inFlight > 0) return;
    if (this.#characters >= BATCH) this.#write();
    else if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(() => {
        this.#scheduled = false;
        if (this.#inFlight === 0) this.#write();
      });
    }
  }

  /** Writes what waits now: work begins that would hold it up. */
  push(): void {
    if (this.#inFlight === 0) this.#write();
  }

  /** Whether producers should pause. */
  get isFull(): boolean {
    return this.#characters + this.#inFlight > FULL_AT;
  }

  /** Resolves when producers may go on, or when there is nobody to send to. */
  drained(): Promise<void> {
    if (!this.isFull || this.#broken) return Promise.resolve();
    this.#drained ??= Promise.withResolvers<void>();
    return this.#drained.promise;
  }

  /** Resolves when everything was taken, or when there is nobody to send to. */
  flushed(): Promise<void> {
    if (this.#broken || (this.#characters === 0 && this.#inFlight === 0)) return Promise.resolve();
    this.#idle ??= Promise.withResolvers<void>();
    return this.#idle.promise;
  }

  #write(): void {
    if (this.#waiting.length === 0 || this.#broken) return;
    const lines = this.#waiting;
    this.#waiting = [];
    this.#inFlight = this.#characters;
    this.#characters = 0;
    lines.push("");
    this.#channel.write(lines.join("\n")).then(
      () => this.#written(),
      () => this.#break(),
    );
  }

  #written(): void {
    this.#inFlight = 0;
    if (this.#characters > 0) this.#write();
    else this.#releaseIdle();
    if (!this.isFull) this.#releaseDrained();
  }

  #break(): void {
    this.#broken = true;
    this.#waiting = [];
    this.#characters = 0;
    this.#inFlight = 0;
    this.#releaseDrained();
    this.#releaseIdle();
    this.#options.onBroken();
  }

  #releaseDrained(): void {
    this.#drained?.resolve();
    this.#drained = null;
  }

  #releaseIdle(): void {
    this.#idle?.resolve();
    this.#idle = null;
  }
}
