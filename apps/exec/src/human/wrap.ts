/** Breaks prose into lines between words, for a width in terminal cells. Pure. */

/**
 * The text with long lines broken. Code blocks stay as they are: there a break would mean something. Lines that go on
 * are indented as far as the list item they belong to.
 * @param width cells in a line
 */
export function wrapProse(text: string, width: number): string {
  let inCode = false;
  return text
    .split("\n")
    .flatMap((line) => {
      const isFence = /^\s*(```|~~~)/.test(line);
      if (isFence) inCode = !inCode;
      return isFence || inCode ? [line] : wrapLine(line, width);
    })
    .join("\n");
}

/** Cells that a text takes on a terminal. */
export function cellsOf(text: string): number {
  // Most text is plain: then every character is one cell.
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let cells = 0;
  for (const { segment } of graphemes.segment(text)) cells += WIDE.test(segment) ? 2 : 1;
  return cells;
}

/** The text cut to a width, with `…` in place of what is missing. */
export function cutToWidth(text: string, width: number): string {
  if (cellsOf(text) <= width) return text;
  let kept = "";
  let cells = 1;
  for (const { segment } of graphemes.segment(text)) {
    cells += cellsOf(segment);
    if (cells > width) break;
    kept += segment;
  }
  return `${kept}…`;
}

// helpers

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** What takes two cells: East Asian scripts, full-width forms, and pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\ufe0f/u;

/** Narrower than this nobody reads: the terminal breaks the lines. */
const NARROWEST = 20;

function wrapLine(line: string, width: number): string[] {
  if (width < NARROWEST || cellsOf(line) <= width) return [line];
  const opening = /^\s*(?:[-*+•]\s+|\d+[.)]\s+|>\s*)?/.exec(line)?.[0] ?? "";
  const indent = " ".repeat(opening.length < width / 2 ? opening.length : 0);
  const lines: string[] = [];
  let current = opening;
  let cells = cellsOf(opening);
  for (const word of line.slice(opening.length).split(/(?<=\s)(?=\S)/)) {
    const wordCells = cellsOf(word.trimEnd());
    if (cells + wordCells > width && current.trim() !== opening.trim()) {
      lines.push(current.trimEnd());
      current = indent;
      cells = indent.length;
    }
    current += word;
    cells += cellsOf(word);
  }
  return [...lines, current.trimEnd()];
}
