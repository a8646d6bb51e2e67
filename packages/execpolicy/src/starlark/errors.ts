/** How reading or running a source fails: first without a place (inside an operation), then with one. */

import type { Source, SourceRange, Span } from "./source.js";

/** A call that was under way when an error happened. */
export interface Frame {
  /** `<module>`, `lambda` or the name of the function that contains the call. */
  readonly inside: string;
  /** The call itself; null when a builtin made it. */
  readonly span: Span | null;
}

/** An operation failed; the evaluator adds the place (see {@link StarlarkError}). */
export class OperationError extends Error {
  override readonly name = "OperationError";
}

/** A source could not be parsed or run. `message` is the bare reason, {@link report} the full text for people. */
export class StarlarkError extends Error {
  override readonly name = "StarlarkError";
  readonly file: string;
  readonly range: SourceRange;
  /** Calls from the outermost to the innermost; empty for errors outside any call. */
  readonly trace: readonly Frame[];
  /** The line, counted from 1, of the statement in the file itself that led to the error. */
  readonly statementLine: number;
  /** What and where, with the source line: the text that the original prints after `starlark error: `. */
  readonly report: string;

  constructor(message: string, source: Source, span: Span, trace: readonly Frame[] = []) {
    super(message);
    this.file = source.name;
    this.range = source.range(span);
    this.trace = trace;
    this.statementLine = source.position((trace[0]?.span ?? span).start).line;
    this.report = report(message, source, this.range, trace);
  }
}

function report(message: string, source: Source, range: SourceRange, trace: readonly Frame[]): string {
  const lines: string[] = [];
  if (trace.length > 0) lines.push("Traceback (most recent call last):");
  for (const frame of trace) lines.push(...frameLines(frame, source));
  lines.push(`error: ${message}`, ...snippet(source, range));
  return lines.map((line) => `${line}\n`).join("");
}

function frameLines(frame: Frame, source: Source): string[] {
  if (frame.span === null) return [`  File <builtin>, in ${frame.inside}`];
  const { line } = source.position(frame.span.start);
  return [`  * ${source.name}:${line}, in ${frame.inside}`, `      ${shortened(source.line(line).trim())}`];
}

const LONGEST_FRAME_LINE = 80;

function shortened(line: string): string {
  const characters = Array.from(line.slice(0, 2 * LONGEST_FRAME_LINE + 2));
  if (characters.length <= LONGEST_FRAME_LINE) return line;
  return `${characters.slice(0, LONGEST_FRAME_LINE - 3).join("")}...`;
}

/** The marked source lines below an error, as rustc draws them. */
function snippet(source: Source, { start, end }: SourceRange): string[] {
  const margin = " ".repeat(String(end.line).length);
  const bar = `${margin} |`;
  const numbered = (line: number) => `${String(line).padStart(margin.length)} |`;
  const lines = [`${margin}--> ${source.name}:${start.line}:${start.column}`, bar];
  const indent = " ".repeat(width(source.line(start.line), start.column));
  if (start.line === end.line) {
    const marks = "^".repeat(Math.max(width(source.line(end.line), end.column) - indent.length, 0));
    lines.push(`${numbered(start.line)} ${source.line(start.line)}`, `${bar} ${indent}${marks}`);
  } else {
    const fromLineStart = start.column === 1;
    lines.push(`${numbered(start.line)} ${fromLineStart ? "/" : " "} ${source.line(start.line)}`);
    if (!fromLineStart) lines.push(`${bar}  _${"_".repeat(indent.length)}^`);
    for (const line of shownLines(start.line + 1, end.line)) {
      lines.push(line === null ? "..." + " ".repeat(margin.length) + "|" : `${numbered(line)} | ${source.line(line)}`);
    }
    lines.push(`${bar} |${"_".repeat(Math.max(width(source.line(end.line), end.column), 1))}^`);
  }
  lines.push(bar);
  return lines;
}

/** Characters that take two cells of a terminal: East Asian ones and pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Terminal cells before a column of a line. */
function width(line: string, column: number): number {
  let cells = 0;
  let characters = 1;
  for (const character of line) {
    if (characters >= column) break;
    characters += 1;
    cells += WIDE.test(character) ? 2 : 1;
  }
  return cells + Math.max(column - characters, 0);
}

const MOST_SNIPPET_LINES = 100;

/** Every line number of a snippet, with null for a gap in one that would fill screens. */
function shownLines(from: number, to: number): (number | null)[] {
  const all = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);
  if (to - from < MOST_SNIPPET_LINES) return all(from, to);
  return [...all(from, from + MOST_SNIPPET_LINES / 2), null, ...all(to - MOST_SNIPPET_LINES / 2, to)];
}
