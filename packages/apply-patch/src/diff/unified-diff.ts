/** Unified diffs of two texts, as events and turn diffs show them. The `diff` package is loaded when first needed. */

/** How a diff is made. */
export interface UnifiedDiffOptions {
  /** Unchanged lines around each change. */
  readonly context: number;
}

/** The search for the shortest diff is given up after this time; what differs is then shown as replaced whole. */
const SEARCH_MILLISECONDS = 200;

/**
 * Hunks with `@@ -a,b +c,d @@` headers and `\ No newline at end of file` marks, without file headers; "" for equal
 * texts. Lines that the texts have in common at both ends cost no search.
 */
export async function unifiedDiff(oldText: string, newText: string, options: UnifiedDiffOptions): Promise<string> {
  if (oldText === newText) return "";
  const { structuredPatch } = await import("diff");
  const common = commonEnds(oldText, newText, options.context);
  const [oldMiddle, newMiddle] = [common.middleOf(oldText), common.middleOf(newText)];
  const found = structuredPatch("", "", oldMiddle, newMiddle, "", "", {
    context: options.context,
    timeout: SEARCH_MILLISECONDS,
  });
  const hunks = found?.hunks ?? [wholeReplaced(oldMiddle, newMiddle)];
  return hunks.map((hunk) => formatHunk(hunk, common.linesBefore)).join("");
}

interface Hunk {
  oldStart: number;
  oldLines: number;
  newStart: number;
  newLines: number;
  lines: string[];
}

/** Cuts off the lines that both texts begin and end with, except those needed as context. */
function commonEnds(oldText: string, newText: string, context: number) {
  const shorter = Math.min(oldText.length, newText.length);
  let start = 0;
  while (start < shorter && oldText.charCodeAt(start) === newText.charCodeAt(start)) start++;
  start = lineStart(oldText, start, context);
  let end = 0;
  while (
    end < shorter - start &&
    oldText.charCodeAt(oldText.length - 1 - end) === newText.charCodeAt(newText.length - 1 - end)
  ) {
    end++;
  }
  end = oldText.length - lineEnd(oldText, oldText.length - end, context);
  return {
    linesBefore: countLines(oldText, start),
    middleOf: (text: string) => text.slice(start, text.length - end),
  };
}

/** The start of the line that holds `at`, or of the line that many lines before it. */
function lineStart(text: string, at: number, linesBefore: number): number {
  let start = at;
  for (let line = 0; line <= linesBefore; line++) {
    if (start === 0) return 0;
    start = text.lastIndexOf("\n", line === 0 ? start - 1 : start - 2) + 1;
  }
  return start;
}

/** The end (after its LF) of the line that holds `at`, or of the line that many lines after it. */
function lineEnd(text: string, at: number, linesAfter: number): number {
  let end = at;
  for (let line = 0; line <= linesAfter; line++) {
    const lf = text.indexOf("\n", end);
    if (lf === -1) return text.length;
    end = lf + 1;
  }
  return end;
}

function countLines(text: string, end: number): number {
  let lines = 0;
  for (let lf = text.indexOf("\n"); lf !== -1 && lf < end; lf = text.indexOf("\n", lf + 1)) lines++;
  return lines;
}

function wholeReplaced(oldText: string, newText: string): Hunk {
  const [removed, inserted] = [markedLines(oldText, "-"), markedLines(newText, "+")];
  return {
    oldStart: 1,
    oldLines: removed.count,
    newStart: 1,
    newLines: inserted.count,
    lines: [...removed.lines, ...inserted.lines],
  };
}

function markedLines(text: string, mark: string): { lines: string[]; count: number } {
  if (text === "") return { lines: [], count: 0 };
  const complete = text.endsWith("\n");
  const lines = (complete ? text.slice(0, -1) : text).split("\n").map((line) => mark + line);
  return { lines: complete ? lines : [...lines, "\\ No newline at end of file"], count: lines.length };
}

function formatHunk(hunk: Hunk, linesBefore: number): string {
  const oldRange = range(hunk.oldStart + linesBefore, hunk.oldLines);
  const newRange = range(hunk.newStart + linesBefore, hunk.newLines);
  return `@@ -${oldRange} +${newRange} @@\n${hunk.lines.join("\n")}\n`;
}

/** The count is left out when it is 1; an empty range names the line before it. */
function range(start: number, lines: number): string {
  if (lines === 1) return String(start);
  return lines === 0 ? `${start - 1},0` : `${start},${lines}`;
}
