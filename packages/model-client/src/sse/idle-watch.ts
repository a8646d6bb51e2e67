/** Notices silence with one timer, however many events there are. */

/** Calls back once when nobody called `touch` for a time. */
export class IdleWatch {
  /** Whether the time ran out. */
  expired = false;
  #last = performance.now();
  #timer: NodeJS.Timeout;

  constructor(timeoutMs: number, onIdle: () => void) {
    const check = (): void => {
      const left = timeoutMs - (performance.now() - this.#last);
      if (left > 0) {
        this.#timer = setTimeout(check, left);
        return;
      }
      this.expired = true;
      onIdle();
    };
    this.#timer = setTimeout(check, timeoutMs);
  }

  /** Something happened. */
  touch(): void {
    this.#last = performance.now();
  }

  /** No more watching. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
