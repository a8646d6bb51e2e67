/** Keeps the beginning and the end of a byte stream within a limit, and knows how much is gone in between. */

/** A bounded buffer: the first half fills and stays, the second half holds the newest bytes. */
export class HeadTailBuffer {
  readonly #half: number;
  readonly #head: Uint8Array[] = [];
  readonly #tail: Uint8Array[] = [];
  #headBytes = 0;
  #tailBytes = 0;
  #dropped = 0;

  /** @param limit bytes that are kept at the most */
  constructor(limit: number) {
    this.#half = Math.floor(limit / 2);
  }

  append(chunk: Uint8Array): void {
    const room = this.#half - this.#headBytes;
    const first = chunk.subarray(0, Math.max(0, room));
    if (first.length > 0) {
      this.#head.push(first);
      this.#headBytes += first.length;
    }
    const rest = chunk.subarray(first.length);
    if (rest.length === 0) return;
    this.#tail.push(rest);
    this.#tailBytes += rest.length;
    this.#trim();
  }

  /** Everything that is kept, with a line in the gap that says how much is missing. */
  bytes(): Buffer {
    const gap = this.#dropped === 0 ? [] : [Buffer.from(`\n[... ${this.#dropped} bytes omitted ...]\n`)];
    return Buffer.concat([...this.#head, ...gap, ...this.#tail]);
  }

  /** Bytes that were not kept. */
  get dropped(): number {
    return this.#dropped;
  }

  #trim(): void {
    while (this.#tailBytes > this.#half) {
      const oldest = this.#tail[0];
      if (oldest === undefined) return;
      const excess = this.#tailBytes - this.#half;
      const cut = Math.min(excess, oldest.length);
      if (cut === oldest.length) this.#tail.shift();
      else this.#tail[0] = oldest.subarray(cut);
      this.#tailBytes -= cut;
      this.#dropped += cut;
    }
  }
}
