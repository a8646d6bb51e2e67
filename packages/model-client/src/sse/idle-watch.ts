/** Notices silence with one timer, however many events there are. */

/** Timers cannot be set for longer; a longer one would fire at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Calls back once when nobody called `touch` for a time. */
export class IdleWatch {
  /** Whether the time ran out. */
  expired = false;
  /** Set while the reader is at work itself: a slow reader is not a silent server. */
  paused = false;
  #timeoutMs: number;
  readonly #onIdle: () => void;
  #last = performance.now();
  #timer: NodeJS.Timeout;

  constructor(timeoutMs: number, onIdle: () => void) {
    this.#timeoutMs = Math.min(timeoutMs, LONGEST_TIMER_MS);
    this.#onIdle = onIdle;
    this.#timer = setTimeout(() => this.#check(), this.#timeoutMs);
  }

  /** Something happened. */
  touch(): void {
    this.#last = performance.now();
  }

  /** From now on less patience. */
  shorten(timeoutMs: number): void {
    if (timeoutMs >= this.#timeoutMs || this.expired) return;
    this.#timeoutMs = timeoutMs;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#check(), timeoutMs);
  }

  /** No more watching. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #check(): void {
    const left = this.#timeoutMs - (performance.now() - this.#last);
    if (this.paused || left > 0) {
      this.#timer = setTimeout(() => this.#check(), this.paused ? this.#timeoutMs : left);
      return;
    }
    this.expired = true;
    this.#onIdle();
  }
}
