/** Takes what a person typed apart into words. Pure. */

import { fold, type Folding, LOOSE, maskOf, writeUnits } from "./characters.js";

/** A word that must match. */
export interface QueryWord {
  /** Folded code units. */
  codes: Uint16Array;
  folding: Folding;
  /** The group of each letter. */
  masks: Int32Array;
}

/** All words must match; their scores add up. */
export interface Query {
  words: readonly QueryWord[];
  /** The groups of characters a path must have. */
  mask: number;
}

/** Words are parted by blanks; a backslash keeps a blank. A word with a capital, or with an accent, means it. */
export function parseQuery(text: string): Query {
  const words = splitWords(text).map(parseWord);
  let mask = 0;
  for (const { masks } of words) for (const bit of masks) mask |= bit;
  return { words, mask };
}

function splitWords(text: string): string[] {
  const words = text.split(/(?<!\\)\s+/);
  return words.map((word) => word.replaceAll(/\\(\s)/g, "$1")).filter((word) => word !== "");
}

function parseWord(word: string): QueryWord {
  const folding = { ignoreCase: word === word.toLowerCase(), plain: isPlain(word) };
  const units = new Uint16Array(word.length);
  const codes = units.subarray(0, writeUnits(word, units)).map((unit) => fold(unit, folding));
  return { codes, folding, masks: Int32Array.from(codes, (code) => maskOf(fold(code, LOOSE))) };
}

/** Whether none of its letters would lose anything by being read as a plain one. */
function isPlain(word: string): boolean {
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    if (fold(code, { ignoreCase: false, plain: true }) !== code) return false;
  }
  return true;
}
