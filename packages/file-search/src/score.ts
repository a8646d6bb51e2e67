/** Scores how well a word matches a text: the best of all ways to find its letters in order, as fzf does it. Pure. */

import { BONUS_BOUNDARY, MAX_BONUS } from "./characters.js";

/** Every matched letter. */
export const SCORE_MATCH = 16;
const GAP_START = 3;
const BONUS_CONSECUTIVE = 4;

/** A text in its folded form, with the bonus of each position: a stretch of two larger arrays. */
export interface ScoredText {
  codes: Uint16Array;
  bonuses: Uint8Array;
  /** Where the text begins in both arrays, and where it ends. */
  start: number;
  end: number;
}

/** The places of one letter, and the best way that ends at each: a row of the table, without its empty cells. */
interface Row {
  positions: Int32Array;
  scores: Int32Array;
  /** The bonus that a run of matches passes on. */
  runs: Int32Array;
  /** The place of the letter before, as an index into its row. */
  parents: Int32Array;
  count: number;
}

const WIDTH = 4_096;
const rows = [newRow(), newRow()] as const;
let latest = new Int32Array(64);

function newRow(): Row {
  const part = (): Int32Array => new Int32Array(WIDTH);
  return { positions: part(), scores: part(), runs: part(), parents: part(), count: 0 };
}

/**
 * The score of the best way, or -1 when the word is not in the text.
 * @param word folded like the text; not empty
 * @param floor scores below it need not be exact: any number from 0 up to below it may be given instead
 */
export function scoreWord(word: Uint16Array, text: ScoredText, floor = 0): number {
  if (word.length === 1) return scoreLetter(word[0] ?? 0, text);
  if (!findLatest(word, text)) return -1;
  let row: Row = rows[0];
  let before: Row = rows[1];
  let best = firstRow(word, text, row);
  for (let letter = 1; letter < word.length; letter++) {
    if (best + (word.length - letter) * MAX_LETTER < floor) return 0;
    const free = before;
    before = row;
    row = free;
    best = nextRow(word, letter, text, before, row);
  }
  return best;
}

function scoreLetter(code: number, { codes, bonuses, start, end }: ScoredText): number {
  let best = -1;
  for (let at = start; at < end; at++) {
    if (codes[at] !== code) continue;
    const bonus = bonuses[at] ?? 0;
    if (bonus > best) best = bonus;
    if (best === MAX_BONUS) break;
  }
  return best < 0 ? -1 : SCORE_MATCH + best * 2;
}

/** What a letter can add at most: a match and the largest bonus. */
const MAX_LETTER = SCORE_MATCH + MAX_BONUS;

/** Whether the letters are there in order. */
export function hasWord(word: Uint16Array, { codes, start, end }: ScoredText): boolean {
  let at = start;
  for (let letter = 0; letter < word.length; letter++) {
    const code = word[letter];
    while (at < end && codes[at] !== code) at++;
    if (at++ === end) return false;
  }
  return end - start <= WIDTH;
}

/** Positions of the best way, ascending. Empty when there is none. */
export function matchIndices(word: Uint16Array, text: ScoredText): number[] {
  if (!findLatest(word, text)) return [];
  const table: Row[] = [];
  for (let letter = 0; letter < word.length; letter++) {
    const row = newRow();
    const before = table.at(-1);
    if (before === undefined) firstRow(word, text, row);
    else nextRow(word, letter, text, before, row);
    table.push(row);
  }
  const indices: number[] = [];
  let at = -1;
  for (const row of table.toReversed()) {
    if (at < 0) at = bestOf(row, table.length === 1);
    indices.push((row.positions[at] ?? 0) - text.start);
    at = row.parents[at] ?? 0;
  }
  return indices.toReversed();
}

/** Where each letter can be at the latest; false when the letters are not there in order. */
function findLatest(word: Uint16Array, { codes, start, end }: ScoredText): boolean {
  if (word.length > latest.length) latest = new Int32Array(word.length * 2);
  if (end - start > WIDTH) return false;
  let at = end;
  for (let letter = word.length - 1; letter >= 0; letter--) {
    const code = word[letter];
    do at--;
    while (at >= start && codes[at] !== code);
    if (at < start) return false;
    latest[letter] = at;
  }
  return true;
}

/** Gives the best score in the row. */
function firstRow(word: Uint16Array, { codes, bonuses, start }: ScoredText, row: Row): number {
  const { positions, scores, runs } = row;
  const code = word[0];
  const to = latest[0] ?? 0;
  let count = 0;
  let best = 0;
  for (let at = start; at <= to; at++) {
    if (codes[at] !== code) continue;
    const bonus = bonuses[at] ?? 0;
    positions[count] = at;
    scores[count] = SCORE_MATCH + bonus * 2;
    runs[count] = bonus;
    count++;
    if (bonus > best) best = bonus;
  }
  row.count = count;
  return SCORE_MATCH + best * 2;
}

/**
 * A letter follows the one before directly, or after a gap, which costs by its length but never takes more than there is.
 * Gives the best score in the row.
 */
function nextRow(word: Uint16Array, letter: number, text: ScoredText, before: Row, row: Row): number {
  const { codes, bonuses } = text;
  const { positions: earlier, scores: earned, runs: passed, count: places } = before;
  const code = word[letter];
  const to = latest[letter] ?? 0;
  let count = 0;
  let best = 0;
  /** The place before that is the best to leave a gap after: score and position together decide, wherever the gap ends. */
  let gapFrom = -1;
  let gapWorth = -1;
  let next = 0;
  for (let at = (earlier[0] ?? 0) + 1; at <= to; at++) {
    if (codes[at] !== code) continue;
    while (next < places && (earlier[next] ?? 0) < at - 1) {
      const worth = (earned[next] ?? 0) + (earlier[next] ?? 0);
      if (worth > gapWorth) {
        gapWorth = worth;
        gapFrom = next;
      }
      next++;
    }
    const bonus = bonuses[at] ?? 0;
    let score = -1;
    let run = bonus;
    let parent = gapFrom;
    if (gapFrom >= 0) score = Math.max(gapWorth - at + 2 - GAP_START, 0) + bonus + SCORE_MATCH;
    if (next < places && earlier[next] === at - 1) {
      let passedOn = Math.max(passed[next] ?? 0, BONUS_CONSECUTIVE);
      if (bonus >= BONUS_BOUNDARY && bonus > passedOn) passedOn = bonus;
      const together = (earned[next] ?? 0) + Math.max(passedOn, bonus) + SCORE_MATCH;
      if (together > score) {
        score = together;
        run = passedOn;
        parent = next;
      }
    }
    row.positions[count] = at;
    row.scores[count] = score;
    row.runs[count] = run;
    row.parents[count] = parent;
    count++;
    if (score > best) best = score;
  }
  row.count = count;
  return best;
}

/** Of several equal ways the one that ends last, but of single letters the first: as the original chooses. */
function bestOf(row: Row, isOnlyRow = false): number {
  let best = 0;
  for (let at = 1; at < row.count; at++) {
    const more = (row.scores[at] ?? 0) - (row.scores[best] ?? 0);
    if (more > 0 || (more === 0 && !isOnlyRow)) best = at;
  }
  return best;
}
