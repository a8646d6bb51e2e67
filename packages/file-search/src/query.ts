/** Takes what a person typed apart into words. Pure. */

import { fold, type Folding, LOOSE, maskOf } from "./characters.js";
import { highestScore } from "./score.js";

/** A word that must match. */
export interface QueryWord {
  /** Folded code units. */
  codes: Uint16Array;
  folding: Folding;
  /** Both sides can be compared as paths are kept. */
  loose: boolean;
  /** No text gives it a higher score. */
  highest: number;
}

/** All words must match; their scores add up. */
export interface Query {
  words: readonly QueryWord[];
  /** The groups of characters a path must have. */
  mask: number;
  /** No text gives all words together a higher score. */
  highest: number;
}

/** Words are parted by blanks; a backslash keeps a blank. A word with a capital, or with an accent, means it. */
export function parseQuery(text: string): Query {
  const words = splitWords(text).map(parseWord);
  let mask = 0;
  for (const { codes } of words) for (const code of codes) mask |= maskOf(fold(code, LOOSE));
  return { words, mask, highest: words.reduce((sum, word) => sum + word.highest, 0) };
}

function splitWords(text: string): string[] {
  const words = text.split(/(?<!\\)\s+/);
  return words.map((word) => word.replaceAll(/\\(\s)/g, "$1")).filter((word) => word !== "");
}

function parseWord(word: string): QueryWord {
  const folding = { ignoreCase: word === word.toLowerCase(), plain: isPlain(word) };
  const codes = Uint16Array.from({ length: word.length }, (_, at) => fold(word.charCodeAt(at), folding));
  return { codes, folding, loose: folding.ignoreCase && folding.plain, highest: highestScore(codes) };
}

/** Whether none of its letters would lose anything by being read as a plain one. */
function isPlain(word: string): boolean {
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    if (fold(code, { ignoreCase: false, plain: true }) !== code) return false;
  }
  return true;
}
