/** The lines of a text, found in place: a big file is neither copied nor split to change a few of its lines. */

import { trim, trimEnd } from "../parse/white-space.js";

/**
 * How strictly lines are compared: as they are; without a CR before the LF; without white space at the end; without
 * white space at both ends; and then with typographic dashes, quotes and spaces read as plain ones. Lines that are
 * equal at one strictness are equal at all looser ones.
 */
export type Strictness = 0 | 1 | 2 | 3 | 4;

/** From the strictest on. */
export const STRICTNESSES: readonly Strictness[] = [0, 1, 2, 3, 4];
const LOOSEST = 4;

/** A line as it is compared at a strictness. */
export function comparable(line: string, strictness: Strictness): string {
  switch (strictness) {
    case 0:
      return line;
    case 1:
      return line.endsWith("\r") ? line.slice(0, -1) : line;
    case 2:
      return trimEnd(line);
    case 3:
      return trim(line);
    case 4:
      return plainPunctuation(trim(line));
  }
}

/** A text as lines. Lines are split at LF only; a CR before the LF counts as a part of the line's ending. */
export class LineTable {
  readonly text: string;
  /** Number of lines; an LF at the end of the text does not begin another line. */
  readonly count: number;
  readonly #starts: readonly number[];
  #index: ReadonlyMap<string, readonly number[]> | null = null;
  readonly #positions = new Map<string, readonly number[]>();

  constructor(text: string) {
    const starts = [0];
    for (let lf = text.indexOf("\n"); lf !== -1; lf = text.indexOf("\n", lf + 1)) starts.push(lf + 1);
    if (starts.at(-1) !== text.length) starts.push(text.length);
    this.text = text;
    this.count = starts.length - 1;
    this.#starts = starts;
  }

  /** Lines `from` to before `to` as they stand in the text, with their endings. */
  slice(from: number, to: number): string {
    return this.text.slice(this.#start(from), this.#start(to));
  }

  /** What ends a line: LF, CRLF, or nothing at the end of the text. */
  ending(line: number): "\n" | "\r\n" | "" {
    const end = this.#start(line + 1);
    if (this.text[end - 1] !== "\n") return "";
    return end - 1 > this.#start(line) && this.text[end - 2] === "\r" ? "\r\n" : "\n";
  }

  /** Whether a line is equal to an already comparable text. */
  equals(line: number, expected: string, strictness: Strictness): boolean {
    if (strictness > 0) return comparable(this.#content(line), strictness) === expected;
    const start = this.#start(line);
    return this.#contentEnd(line) - start === expected.length && this.text.startsWith(expected, start);
  }

  /**
   * The lines equal to a text at a strictness, in order. The first question costs a pass over the text; after that an
   * answer costs no more than the lines that are equal at the loosest strictness, and once only.
   */
  positions(text: string, strictness: Strictness): readonly number[] {
    const key = `${strictness}${text}`;
    const known = this.#positions.get(key);
    if (known !== undefined) return known;
    const expected = comparable(text, strictness);
    const candidates = this.#lineIndex().get(comparable(text, LOOSEST)) ?? [];
    const positions =
      strictness === LOOSEST ? candidates : candidates.filter((line) => this.equals(line, expected, strictness));
    this.#positions.set(key, positions);
    return positions;
  }

  /** Whether {@link positions} was asked before, so that its answers are cheap. */
  get isIndexed(): boolean {
    return this.#index !== null;
  }

  #lineIndex(): ReadonlyMap<string, readonly number[]> {
    if (this.#index !== null) return this.#index;
    const index = new Map<string, number[]>();
    for (let line = 0; line < this.count; line++) {
      const key = comparable(this.#content(line), LOOSEST);
      const lines = index.get(key);
      if (lines === undefined) index.set(key, [line]);
      else lines.push(line);
    }
    this.#index = index;
    return index;
  }

  #content(line: number): string {
    return this.text.slice(this.#start(line), this.#contentEnd(line));
  }

  #contentEnd(line: number): number {
    const end = this.#start(line + 1);
    return this.text.charCodeAt(end - 1) === LF ? end - 1 : end;
  }

  #start(line: number): number {
    return this.#starts[line] ?? this.text.length;
  }
}

const LF = 10;

function plainPunctuation(text: string): string {
  if (!/[\u00a0-\u3000]/.test(text)) return text;
  return text
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\u2018-\u201b]/g, "'")
    .replace(/[\u201c-\u201f]/g, '"')
    .replace(/[\u00a0\u2002-\u200a\u202f\u205f\u3000]/g, " ");
}
