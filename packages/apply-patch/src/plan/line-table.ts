/** The lines of a text, found in place: a big file is neither copied nor split to change a few of its lines. */

import { trim, trimEnd } from "../parse/white-space.js";

/**
 * How strictly lines are compared: as they are; without a CR before the LF; without white space at the end; without
 * white space at both ends; and then with typographic dashes, quotes and spaces read as plain ones.
 */
export type Strictness = 0 | 1 | 2 | 3 | 4;

/** From the strictest on. */
export const STRICTNESSES: readonly Strictness[] = [0, 1, 2, 3, 4];

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
  readonly #comparables = new Map<Strictness, readonly string[]>();
  readonly #counts = new Map<Strictness, ReadonlyMap<string, number>>();

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

  /** Whether a line, its CR included, is exactly this text. */
  isExactly(line: number, expected: string): boolean {
    const start = this.#start(line);
    const end = this.#start(line + 1);
    const length = end - start - (this.text.charCodeAt(end - 1) === LF ? 1 : 0);
    return length === expected.length && this.text.startsWith(expected, start);
  }

  /** All lines as they are compared at a strictness; made once. */
  comparables(strictness: Strictness): readonly string[] {
    const made = this.#comparables.get(strictness);
    if (made !== undefined) return made;
    const lines = Array.from({ length: this.count }, (_, line) => comparable(this.#content(line), strictness));
    this.#comparables.set(strictness, lines);
    return lines;
  }

  /** Whether some line is this text at a strictness. The first question costs a pass over the text. */
  has(line: string, strictness: Strictness): boolean {
    return this.#countsAt(strictness).has(line);
  }

  /** Whether exactly one line is this text at a strictness. */
  isUnique(line: string, strictness: Strictness): boolean {
    return this.#countsAt(strictness).get(line) === 1;
  }

  /** Whether {@link has} was asked before, so that its answers are cheap. */
  get isIndexed(): boolean {
    return this.#counts.size > 0;
  }

  #countsAt(strictness: Strictness): ReadonlyMap<string, number> {
    const known = this.#counts.get(strictness);
    if (known !== undefined) return known;
    const counts = new Map<string, number>();
    for (const line of this.comparables(strictness)) counts.set(line, (counts.get(line) ?? 0) + 1);
    this.#counts.set(strictness, counts);
    return counts;
  }

  #content(line: number): string {
    const end = this.#start(line + 1);
    return this.text.slice(this.#start(line), this.text.charCodeAt(end - 1) === LF ? end - 1 : end);
  }

  #start(line: number): number {
    return this.#starts[line] ?? this.text.length;
  }
}

const LF = 10;

function plainPunctuation(text: string): string {
  return text
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\u2018-\u201b]/g, "'")
    .replace(/[\u201c-\u201f]/g, '"')
    .replace(/[\u00a0\u2002-\u200a\u202f\u205f\u3000]/g, " ");
}
