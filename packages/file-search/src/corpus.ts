/** The paths of one root, packed so that hundreds of thousands are searched in a few milliseconds. */

import {
  BONUS_AFTER_DELIMITER,
  BONUS_BOUNDARY,
  BONUS_CAMEL,
  fold,
  type Folding,
  LOOSE,
  maskOf,
  MAX_BONUS,
  writeBonuses,
  writeUnits,
} from "./characters.js";
import type { Query, QueryWord } from "./query.js";
import { hasWord, matchIndices, SCORE_MATCH, type ScoredText, scoreWord } from "./score.js";

/** All paths' characters under one folding, as far as they were needed. */
interface FoldedText {
  codes: Uint16Array;
  length: number;
}

/** Paths with what the scorer needs of them. They are added in the order of `comparePaths`. */
export class Corpus {
  readonly root: string;
  readonly paths: string[] = [];
  /** Characters of all paths, one after the other. */
  #units = new Uint16Array(1 << 16);
  #bonuses = new Uint8Array(1 << 16);
  #starts = new Uint32Array(1 << 12);
  /** Groups of characters in each path; then of those with the largest bonus in it, with the next smaller one, and so on. */
  #masks = new Int32Array(1 << 12);
  #topMasks = new Int32Array(1 << 12);
  #highMasks = new Int32Array(1 << 12);
  #boundaryMasks = new Int32Array(1 << 12);
  /** Foldings that a query has asked for. */
  readonly #folded = new Map<number, FoldedText>();
  readonly #text: ScoredText = { codes: this.#units, bonuses: this.#bonuses, start: 0, end: 0 };

  constructor(root: string) {
    this.root = root;
  }

  add(path: string): void {
    const id = this.paths.push(path) - 1;
    if (id + 2 > this.#starts.length) this.#growPaths();
    const start = this.#starts[id] ?? 0;
    if (start + path.length > this.#units.length) this.#growText(start + path.length);
    const units = this.#units.subarray(start);
    const length = writeUnits(path, units);
    writeBonuses(units, length, this.#bonuses, start);
    this.#starts[id + 1] = start + length;
    const codes = this.#codesFor(LOOSE);
    let mask = 0;
    let top = 0;
    let high = 0;
    let boundary = 0;
    for (let at = start; at < start + length; at++) {
      const bit = maskOf(codes[at] ?? 0);
      const bonus = this.#bonuses[at] ?? 0;
      mask |= bit;
      if (bonus >= MAX_BONUS) top |= bit;
      if (bonus >= BONUS_AFTER_DELIMITER) high |= bit;
      if (bonus >= BONUS_BOUNDARY) boundary |= bit;
    }
    this.#masks[id] = mask;
    this.#topMasks[id] = top;
    this.#highMasks[id] = high;
    this.#boundaryMasks[id] = boundary;
  }

  /**
   * How well a query with at least one word matches a path; -1: not at all.
   * @param floor scores below it need not be exact
   */
  score(id: number, query: Query, floor: number): number {
    if (((this.#masks[id] ?? 0) & query.mask) !== query.mask) return -1;
    const { words } = query;
    let reachable = 0;
    if (floor > 0) for (const word of words) reachable += this.#highest(id, word);
    let sum = 0;
    for (const word of words) {
      const text = this.#textFor(id, word);
      if (reachable < floor) {
        if (!hasWord(word.codes, text)) return -1;
      } else {
        const score = scoreWord(word.codes, text, words.length === 1 ? floor : 0);
        if (score < 0) return -1;
        sum += score;
      }
    }
    return sum;
  }

  /** No way to match the word scores higher in this path, going by the best bonus each of its letters has in it. */
  #highest(id: number, { masks }: QueryWord): number {
    const top = this.#topMasks[id] ?? 0;
    const high = this.#highMasks[id] ?? 0;
    const boundary = this.#boundaryMasks[id] ?? 0;
    let passedOn = 0;
    let sum = masks.length * SCORE_MATCH;
    for (let letter = 0; letter < masks.length; letter++) {
      const bit = masks[letter] ?? 0;
      let own = BONUS_CAMEL;
      if (top & bit) own = MAX_BONUS;
      else if (high & bit) own = BONUS_AFTER_DELIMITER;
      else if (boundary & bit) own = BONUS_BOUNDARY;
      if (own > passedOn) passedOn = own;
      sum += letter === 0 ? own * 2 : passedOn;
    }
    return sum;
  }

  /** Positions, in characters, of what matched: ascending, each once. */
  indices(id: number, query: Query): number[] {
    const positions = new Set(query.words.flatMap((word) => matchIndices(word.codes, this.#textFor(id, word))));
    return [...positions].toSorted((a, b) => a - b);
  }

  #textFor(id: number, word: QueryWord): ScoredText {
    const text = this.#text;
    text.codes = this.#codesFor(word.folding);
    text.bonuses = this.#bonuses;
    text.start = this.#starts[id] ?? 0;
    text.end = this.#starts[id + 1] ?? 0;
    return text;
  }

  #codesFor(folding: Folding): Uint16Array {
    const key = Number(folding.ignoreCase) + 2 * Number(folding.plain);
    if (key === 0) return this.#units;
    const end = this.#starts[this.paths.length] ?? 0;
    let folded = this.#folded.get(key);
    if (folded === undefined) this.#folded.set(key, (folded = { codes: new Uint16Array(0), length: 0 }));
    if (folded.length === end) return folded.codes;
    if (folded.codes.length < end) folded.codes = grown(folded.codes, new Uint16Array(this.#units.length));
    const { codes } = folded;
    for (let at = folded.length; at < end; at++) codes[at] = fold(this.#units[at] ?? 0, folding);
    folded.length = end;
    return codes;
  }

  #growPaths(): void {
    this.#starts = grown(this.#starts, new Uint32Array(this.#starts.length * 2));
    this.#masks = grown(this.#masks, new Int32Array(this.#masks.length * 2));
    this.#topMasks = grown(this.#topMasks, new Int32Array(this.#topMasks.length * 2));
    this.#highMasks = grown(this.#highMasks, new Int32Array(this.#highMasks.length * 2));
    this.#boundaryMasks = grown(this.#boundaryMasks, new Int32Array(this.#boundaryMasks.length * 2));
  }

  #growText(needed: number): void {
    const size = Math.max(needed, this.#units.length * 2);
    this.#units = grown(this.#units, new Uint16Array(size));
    this.#bonuses = grown(this.#bonuses, new Uint8Array(size));
  }
}

function grown<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
