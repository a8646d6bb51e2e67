/** Cuts a stream of bytes into lines, each of bounded length. */

/** Longest line that is taken, in bytes: an image of 40 MB as a data URL fits in. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** Bytes kept of a line that is too long: enough to find its id. */
const HEAD_BYTES = 4096;

/** One line of input. */
export type InputLine =
  | { kind: "text"; text: string }
  /** Some bytes were no UTF-8; they became U+FFFD. */
  | { kind: "notUtf8"; text: string }
  /** Only the beginning was kept. */
  | { kind: "tooLong"; head: string; bytes: number };

const NEWLINE = 0x0a;

/** Collects bytes until a line is complete. */
export class LineSplitter {
  readonly #limit: number;
  readonly #strict = new TextDecoder("utf-8", { fatal: true });
  readonly #lenient = new TextDecoder("utf-8");
  #pieces: Uint8Array[] = [];
  /** Bytes of the unfinished line, those that were not kept included. */
  #length = 0;

  constructor(limit: number = MAX_LINE_BYTES) {
    this.#limit = limit;
  }

  /** The lines that a piece completes. */
  *take(piece: Uint8Array): Generator<InputLine> {
    let rest = piece;
    for (let at = rest.indexOf(NEWLINE); at >= 0; at = rest.indexOf(NEWLINE)) {
      this.#add(rest.subarray(0, at));
      yield this.#finish();
      rest = rest.subarray(at + 1);
    }
    // the bytes belong to the stream, which may use them again
    if (rest.length > 0) this.#add(new Uint8Array(rest));
  }

  /** What stands behind the last line end; null: nothing. */
  end(): InputLine | null {
    return this.#length === 0 ? null : this.#finish();
  }

  #add(bytes: Uint8Array): void {
    this.#length += bytes.length;
    if (this.#length <= this.#limit) {
      this.#pieces.push(bytes);
      return;
    }
    const kept = this.#pieces.length === 1 && this.#pieces[0]?.length === HEAD_BYTES;
    if (!kept) this.#pieces = [joined([...this.#pieces, bytes], HEAD_BYTES)];
  }

  #finish(): InputLine {
    const [pieces, length] = [this.#pieces, this.#length];
    this.#pieces = [];
    this.#length = 0;
    const [only] = pieces;
    const bytes = pieces.length === 1 && only !== undefined ? only : joined(pieces, length);
    if (length > this.#limit) return { kind: "tooLong", head: this.#lenient.decode(bytes), bytes: length };
    try {
      return { kind: "text", text: this.#strict.decode(bytes) };
    } catch {
      return { kind: "notUtf8", text: this.#lenient.decode(bytes) };
    }
  }
}

function joined(pieces: readonly Uint8Array[], limit: number): Uint8Array {
  const total = pieces.reduce((sum, { length }) => sum + length, 0);
  const whole = new Uint8Array(Math.min(total, limit));
  let at = 0;
  for (const piece of pieces) {
    if (at >= whole.length) break;
    const part = piece.subarray(0, whole.length - at);
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
