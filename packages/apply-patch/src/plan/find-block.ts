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
  // A text in which everything stands as it is written needs no index.
  if (!table.isIndexed) {
    const at = scan(table, block, 0, from, until);
    if (at !== null) return { at, strictness: 0 };
  }
  for (const strictness of STRICTNESSES) {
    const at = firstOccurrence(table, block, strictness, from, until);
    if (at !== null) return { at, strictness };
  }
  return null;
}

/** The first line from `from` to `until` at which the block stands, compared at one strictness. */
export function firstOccurrence(
  table: LineTable,
  block: readonly string[],
  strictness: Strictness,
  from: number,
  until: number,
): number | null {
  const { positions, offset } = rarestLine(table, block, strictness);
  const first = lowerBound(positions, from + offset);
  const end = lowerBound(positions, until + offset + 1);
  if ((end - first) * block.length > table.count) return scan(table, block, strictness, from, until);
  const pattern = block.map((line) => comparable(line, strictness));
  for (let candidate = first; candidate < end; candidate++) {
    const at = (positions[candidate] ?? 0) - offset;
    if (standsAt(table, pattern, strictness, at)) return at;
  }
  return null;
}

/** The line of the block that the text has least often, and where the text has it. */
function rarestLine(
  table: LineTable,
  block: readonly string[],
  strictness: Strictness,
): { offset: number; positions: readonly number[] } {
  let rarest = { offset: 0, positions: table.positions(block[0] ?? "", strictness) };
  for (let offset = 1; offset < block.length && rarest.positions.length > 1; offset++) {
    const positions = table.positions(block[offset] ?? "", strictness);
    if (positions.length < rarest.positions.length) rarest = { offset, positions };
  }
  return rarest;
}

/** The index of the first number that is not below a limit. */
function lowerBound(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function standsAt(table: LineTable, pattern: readonly string[], strictness: Strictness, at: number): boolean {
  return pattern.every((line, index) => table.equals(at + index, line, strictness));
}

/** Knuth-Morris-Pratt over lines: linear also where a file repeats the same few lines again and again. */
function scan(
  table: LineTable,
  block: readonly string[],
  strictness: Strictness,
  from: number,
  until: number,
): number | null {
  const pattern = block.map((line) => comparable(line, strictness));
  const fallback = fallbacks(pattern);
  const end = until + pattern.length;
  let matched = 0;
  for (let line = from; line < end; line++) {
    while (matched > 0 && !table.equals(line, pattern[matched] ?? "", strictness)) matched = fallback[matched - 1] ?? 0;
    if (table.equals(line, pattern[matched] ?? "", strictness)) matched++;
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
