/** Finds a block of lines in a text: the strictest comparison that matches anywhere wins, at its first place. */

import { comparable, type LineTable, STRICTNESSES, type Strictness } from "./line-table.js";

/** Where a block was found, and how strictly its lines had to be compared. */
export interface BlockMatch {
  readonly at: number;
  readonly strictness: Strictness;
}

/**
 * Searches from line `from` on. An empty block is found at `from`.
 * @param until the last line at which the block may start; by default the last at which it fits
 */
export function findBlock(
  table: LineTable,
  block: readonly string[],
  from: number,
  until = table.count - block.length,
): BlockMatch | null {
  if (block.length === 0) return { at: from, strictness: 0 };
  if (from > until) return null;
  for (const strictness of STRICTNESSES) {
    const pattern = block.map((line) => comparable(line, strictness));
    const at = firstOccurrence(table, pattern, strictness, from, until);
    if (at !== null) return { at, strictness };
  }
  return null;
}

/** The first line from `from` to `until` at which the pattern, already made comparable, stands. */
export function firstOccurrence(
  table: LineTable,
  pattern: readonly string[],
  strictness: Strictness,
  from: number,
  until: number,
): number | null {
  // The first strict pass is cheaper than the set of lines; once there is one, it spares every pass that cannot succeed.
  const worthAsking = strictness > 0 || table.isIndexed;
  if (worthAsking && !pattern.every((line) => table.has(line, strictness))) return null;
  return search(pattern, from, until + pattern.length, lineEquals(table, strictness));
}

function lineEquals(table: LineTable, strictness: Strictness): (line: number, expected: string) => boolean {
  if (strictness === 0) return (line, expected) => table.isExactly(line, expected);
  const lines = table.comparables(strictness);
  return (line, expected) => lines[line] === expected;
}

/** Knuth-Morris-Pratt over lines: linear also where a file repeats the same few lines again and again. */
function search(
  pattern: readonly string[],
  from: number,
  end: number,
  equals: (line: number, expected: string) => boolean,
): number | null {
  const fallback = fallbacks(pattern);
  let matched = 0;
  for (let line = from; line < end; line++) {
    while (matched > 0 && !equals(line, pattern[matched] ?? "")) matched = fallback[matched - 1] ?? 0;
    if (equals(line, pattern[matched] ?? "")) matched++;
    if (matched === pattern.length) return line - matched + 1;
  }
  return null;
}

/** For each prefix of the pattern: the length of its longest proper prefix that is also its end. */
function fallbacks(pattern: readonly string[]): number[] {
  const lengths = [0];
  let matched = 0;
  for (let at = 1; at < pattern.length; at++) {
    while (matched > 0 && pattern[at] !== pattern[matched]) matched = lengths[matched - 1] ?? 0;
    if (pattern[at] === pattern[matched]) matched++;
    lengths.push(matched);
  }
  return lengths;
}
