/** A time limit that can be held while somebody thinks. */

/** Calls `expired` once when the time is up, unless it was ended. */
export class Deadline {
  readonly #expired: () => void;
  #remaining: number;
  #startedAt = 0;
  #timer: NodeJS.Timeout | null = null;
  #holds = 0;

  /** @param milliseconds from now on */
  constructor(milliseconds: number, expired: () => void) {
    this.#remaining = milliseconds;
    this.#expired = expired;
    this.#run();
  }

  /** Stops the clock until {@link release}; holds add up. */
  hold(): void {
    this.#holds += 1;
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#remaining -= performance.now() - this.#startedAt;
  }

  release(): void {
    this.#holds -= 1;
    if (this.#holds === 0) this.#run();
  }

  end(): void {
    // A hold that nobody releases: the clock does not run again.
    this.hold();
  }

  #run(): void {
    this.#startedAt = performance.now();
    this.#timer = setTimeout(this.#expired, Math.min(Math.max(0, this.#remaining), LONGEST_TIMER_MS));
  }
}

/** What timers can count; a longer wait overflows to none at all. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
