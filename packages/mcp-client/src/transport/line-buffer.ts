/** Cuts a stream of bytes into lines; each byte is looked at once, and no line grows without bound. */

import { MAX_MESSAGE_BYTES, MessageTooLong } from "./transport.js";

const LINE_FEED = 0x0a;

/** The lines of a stream. */
export class LineBuffer {
  readonly #limit: number;
  #parts: Buffer[] = [];
  #length = 0;

  constructor(limit: number = MAX_MESSAGE_BYTES) {
    this.#limit = limit;
  }

  /** @returns the lines that end in this chunk, without their ends. @throws {MessageTooLong} */
  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      this.#keep(chunk.subarray(from, end));
      lines.push(Buffer.concat(this.#parts, this.#length).toString("utf8"));
      this.#parts = [];
      this.#length = 0;
      from = end + 1;
    }
    this.#keep(chunk.subarray(from));
    return lines;
  }

  #keep(part: Buffer): void {
    if (part.length === 0) return;
    this.#length += part.length;
    if (this.#length > this.#limit) throw new MessageTooLong();
    this.#parts.push(part);
  }
}
