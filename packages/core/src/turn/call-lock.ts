/** Decides when a call may run: exclusive calls one after the other in call order, parallel ones beside each other. */

/** Orders the calls of a turn. */
export class CallLock {
  /** Ends when every call before the next one allows it to begin. */
  #lastExclusive: Promise<unknown> = Promise.resolve();
  #parallel: Promise<unknown>[] = [];

  /** Runs `work` when its turn comes. Turns are given in the order of the calls to this function. */
  run<T>(parallel: boolean, work: () => Promise<T>): Promise<T> {
    if (parallel) {
      const running = this.#lastExclusive.then(work);
      this.#parallel.push(settled(running));
      return running;
    }
    const before = Promise.all([this.#lastExclusive, ...this.#parallel]);
    this.#parallel = [];
    const running = before.then(work);
    this.#lastExclusive = settled(running);
    return running;
  }
}

/** Ends when the work ends, however it ends. */
function settled(work: Promise<unknown>): Promise<void> {
  return work.then(
    () => undefined,
    () => undefined, // the caller of `run` gets the error; the next in line only waits
  );
}
