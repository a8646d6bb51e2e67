/** Finds the lines around a line that belong together by their indentation. Pure. */

const TAB_WIDTH = 4;
const LEVEL_WIDTH = 4;
const COMMENT_STARTS = ["#", "//", "--"];

/** What belongs to a block. */
export interface BlockOptions {
  /** Enclosing levels to go up; 0: all. */
  maxLevels: number;
  /** Other blocks of the outermost level belong to it. */
  includeSiblings: boolean;
  /** Comment lines above the block's first line belong to it. */
  includeHeader: boolean;
  maxLines: number;
}

/** @param anchor index of the line that the block is looked for around @returns indexes of its first and last line */
export function blockAround(
  lines: readonly string[],
  anchor: number,
  options: BlockOptions,
): { first: number; last: number } {
  const indents = effectiveIndents(lines);
  const anchorIndent = indents[anchor] ?? 0;
  const least = options.maxLevels === 0 ? 0 : Math.max(0, anchorIndent - options.maxLevels * LEVEL_WIDTH);
  const up = new Direction(lines, indents, least, options.includeSiblings, options.includeHeader);
  const down = new Direction(lines, indents, least, options.includeSiblings, false);
  let first = anchor;
  let last = anchor;
  // Line by line to both sides, so that a small limit keeps the anchor in the middle.
  while (last - first + 1 < options.maxLines && !(up.ended && down.ended)) {
    if (up.takes(first - 1)) first -= 1;
    if (last - first + 1 < options.maxLines && down.takes(last + 1)) last += 1;
  }
  while (first < last && isBlank(lines[first])) first += 1;
  while (last > first && isBlank(lines[last])) last -= 1;
  return { first, last };
}

// helpers

/** One side of the anchor: goes on until a line does not belong. */
class Direction {
  readonly #lines: readonly string[];
  readonly #indents: readonly number[];
  readonly #least: number;
  readonly #siblings: boolean;
  readonly #comments: boolean;
  #outermostTaken = false;
  ended = false;

  constructor(
    lines: readonly string[],
    indents: readonly number[],
    least: number,
    siblings: boolean,
    comments: boolean,
  ) {
    this.#lines = lines;
    this.#indents = indents;
    this.#least = least;
    this.#siblings = siblings;
    this.#comments = comments;
  }

  /** Whether the line belongs to the block; after the first that does not, none does. */
  takes(index: number): boolean {
    this.ended ||= !this.#belongs(index);
    return !this.ended;
  }

  #belongs(index: number): boolean {
    const line = this.#lines[index];
    const indent = this.#indents[index];
    if (line === undefined || indent === undefined || indent < this.#least) return false;
    if (indent > this.#least || this.#siblings) return true;
    if (this.#comments && COMMENT_STARTS.some((start) => line.trimStart().startsWith(start))) return true;
    const isFirst = !this.#outermostTaken;
    this.#outermostTaken = true;
    return isFirst;
  }
}

/** Columns before the text of each line; a blank line counts as the line before it. */
function effectiveIndents(lines: readonly string[]): number[] {
  let previous = 0;
  return lines.map((line) => {
    if (!isBlank(line)) previous = indentOf(line);
    return previous;
  });
}

function indentOf(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === " ") columns += 1;
    else if (character === "\t") columns += TAB_WIDTH;
    else break;
  }
  return columns;
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === "";
}
