/** Turns offsets into lines and columns, and shows the line in question. */

import type { Span, TomlSource } from "./nodes.js";

/** A place in a text: both 1-based, the column counted in characters (code points). */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** A range of text; the end is inclusive. */
export interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

/** The range of a span in its source. */
export function textRange(source: TomlSource, span: Span): TextRange {
  const last = Math.max(span.start, span.end - 1);
  return { start: positionAt(source.text, span.start), end: positionAt(source.text, last) };
}

/**
 * The line with the range underlined:
 *
 *       |
 *     1 | approval_policy = "bogus"
 *       |                   ^^^^^^^
 */
export function snippet(text: string, range: TextRange): string {
  const line = text.split("\n")[range.start.line - 1]?.replace(/\r$/, "") ?? "";
  const number = String(range.start.line);
  const gutter = " ".repeat(number.length);
  const oneLine = range.start.line === range.end.line;
  const width = oneLine ? Math.max(1, range.end.column - range.start.column + 1) : 1;
  const carets = " ".repeat(range.start.column - 1) + "^".repeat(width);
  return `${gutter} |\n${number} | ${line}\n${gutter} | ${carets}`;
}

function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  let line = 1;
  for (let at = before.indexOf("\n"); at >= 0; at = before.indexOf("\n", at + 1)) {
    line++;
  }
  return { line, column: characters(before.slice(lineStart)) + 1 };
}

/** Code points, not UTF-16 units. */
function characters(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}
