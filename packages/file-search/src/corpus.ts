/** The paths of one root, packed so that hundreds of thousands are searched in a few milliseconds. */

import { fold, LOOSE, maskOf, writeBonuses } from "./characters.js";
import type { Query, QueryWord } from "./query.js";
import { matchIndices, type ScoredText, scoreWord } from "./score.js";

/** Paths with what the scorer needs of them. */
export class Corpus {
  readonly root: string;
  readonly paths: string[] = [];
  /** Loosely folded code units of all paths, one after the other. */
  #codes = new Uint16Array(1 << 16);
  #bonuses = new Uint8Array(1 << 16);
  #starts = new Uint32Array(1 << 12);
  #masks = new Int32Array(1 << 12);
  readonly #text: ScoredText = { codes: this.#codes, bonuses: this.#bonuses, start: 0, end: 0 };
  /** For words that mean their capitals or accents: the path folded for them. */
  #special = new Uint16Array(512);

  constructor(root: string) {
    this.root = root;
  }

  add(path: string): void {
    const id = this.paths.push(path) - 1;
    if (id + 2 > this.#starts.length) this.#growPaths();
    const start = this.#starts[id] ?? 0;
    const end = start + path.length;
    if (end > this.#codes.length) this.#growText(end);
    let mask = 0;
    for (let at = 0; at < path.length; at++) {
      const folded = fold(path.charCodeAt(at), LOOSE);
      this.#codes[start + at] = folded;
      mask |= maskOf(folded);
    }
    writeBonuses(path, this.#bonuses, start);
    this.#starts[id + 1] = end;
    this.#masks[id] = mask;
  }

  /**
   * How well a query with at least one word matches a path; -1: not at all.
   * @param floor scores below it need not be exact
   */
  score(id: number, query: Query, floor: number): number {
    if (((this.#masks[id] ?? 0) & query.mask) !== query.mask) return -1;
    let sum = 0;
    for (const word of query.words) {
      const score = scoreWord(word.codes, this.#textFor(id, word), floor - query.highest + word.highest);
      if (score < 0) return -1;
      sum += score;
    }
    return sum;
  }

  /** Positions, in characters, of what matched: ascending, each once. */
  indices(id: number, query: Query): number[] {
    const units = new Set(query.words.flatMap((word) => matchIndices(word.codes, this.#textFor(id, word))));
    const sorted = [...units].toSorted((a, b) => a - b);
    const path = this.paths[id] ?? "";
    // A character outside of the basic plane is two units.
    return /[\uD800-\uDBFF]/.test(path) ? [...new Set(sorted.map((unit) => charactersBefore(path, unit)))] : sorted;
  }

  #textFor(id: number, word: QueryWord): ScoredText {
    const start = this.#starts[id] ?? 0;
    const end = this.#starts[id + 1] ?? 0;
    const text = this.#text;
    if (word.loose) {
      text.codes = this.#codes;
      text.bonuses = this.#bonuses;
      text.start = start;
      text.end = end;
      return text;
    }
    const path = this.paths[id] ?? "";
    if (path.length > this.#special.length) this.#special = new Uint16Array(path.length * 2);
    for (let at = 0; at < path.length; at++) this.#special[at] = fold(path.charCodeAt(at), word.folding);
    return { codes: this.#special, bonuses: this.#bonuses.subarray(start, end), start: 0, end: path.length };
  }

  #growPaths(): void {
    this.#starts = grown(this.#starts, new Uint32Array(this.#starts.length * 2));
    this.#masks = grown(this.#masks, new Int32Array(this.#masks.length * 2));
  }

  #growText(needed: number): void {
    const size = Math.max(needed, this.#codes.length * 2);
    this.#codes = grown(this.#codes, new Uint16Array(size));
    this.#bonuses = grown(this.#bonuses, new Uint8Array(size));
  }
}

function grown<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}

function charactersBefore(path: string, unit: number): number {
  let characters = 0;
  for (let at = 0; at < unit; at++) {
    const isLow = (path.charCodeAt(at) & 0xfc00) === 0xdc00;
    if (!isLow) characters++;
  }
  return (path.charCodeAt(unit) & 0xfc00) === 0xdc00 ? characters - 1 : characters;
}
