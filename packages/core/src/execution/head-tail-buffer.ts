/** Keeps the beginning and the end of a byte stream within a limit, and knows how much is gone in between. */

import { incompleteTail } from "./output-text.js";

/** Bytes that a part begins with; it doubles until it has its full size. */
const FIRST_CAPACITY = 4096;

/** A bounded buffer: the first half fills and stays, the second half holds the newest bytes. */
export class HeadTailBuffer {
  readonly #half: number;
  #head = Buffer.alloc(0);
  #headBytes = 0;
  /** A ring once it is full: byte `n` of the stream behind the head lies at `n` modulo its size. */
  #tail = Buffer.alloc(0);
  /** Bytes that came behind the head, kept or not. */
  #tailBytes = 0;

  /** @param limit bytes that are kept at the most */
  constructor(limit: number) {
    this.#half = Math.floor(limit / 2);
  }

  append(chunk: Uint8Array): void {
    const first = chunk.subarray(0, this.#half - this.#headBytes);
    if (first.length > 0) {
      this.#head = grown(this.#head, this.#headBytes + first.length, this.#half);
      this.#head.set(first, this.#headBytes);
      this.#headBytes += first.length;
    }
    if (first.length < chunk.length) this.#appendTail(chunk.subarray(first.length));
  }

  /** Everything that is kept, with a line in the gap that says how much is missing. Characters at the gap stay whole. */
  bytes(): Buffer {
    const head = this.#head.subarray(0, this.#headBytes);
    if (this.dropped === 0) return Buffer.concat([head, this.#tail.subarray(0, this.#tailBytes)]);
    const oldest = this.#tailBytes % this.#half;
    const tail = Buffer.concat([this.#tail.subarray(oldest), this.#tail.subarray(0, oldest)]);
    const before = head.subarray(0, head.length - incompleteTail(head));
    const after = tail.subarray(continuationBytes(tail));
    const missing = this.#headBytes + this.#tailBytes - before.length - after.length;
    return Buffer.concat([before, Buffer.from(`\n[... ${missing} bytes omitted ...]\n`), after]);
  }

  /** Bytes that were not kept. */
  get dropped(): number {
    return Math.max(0, this.#tailBytes - this.#half);
  }

  #appendTail(rest: Uint8Array): void {
    this.#tailBytes += rest.length;
    this.#tail = grown(this.#tail, Math.min(this.#tailBytes, this.#half), this.#half);
    let left = rest.subarray(Math.max(0, rest.length - this.#half));
    let at = (this.#tailBytes - left.length) % this.#half;
    while (left.length > 0) {
      const piece = left.subarray(0, this.#half - at);
      this.#tail.set(piece, at);
      left = left.subarray(piece.length);
      at = 0;
    }
  }
}

// helpers

/** The buffer, or a larger copy of it that has room for `needed` bytes. */
function grown(buffer: Buffer<ArrayBuffer>, needed: number, limit: number): Buffer<ArrayBuffer> {
  if (buffer.length >= needed) return buffer;
  const larger = Buffer.alloc(Math.min(limit, Math.max(needed, buffer.length * 2, FIRST_CAPACITY)));
  larger.set(buffer);
  return larger;
}

/** How many bytes at the beginning belong to a character whose first byte is gone; 0 to 3. */
function continuationBytes(bytes: Uint8Array): number {
  let count = 0;
  while (count < 3 && ((bytes[count] ?? 0) & 0xc0) === 0x80) count += 1;
  return count;
}
