/** Reads one chunk of an update: its `@@` lines, its body, and the end-of-file mark. */

import { PatchParseError } from "./parse-error.js";
import type { Chunk, ChunkLine } from "./patch.js";
import { trimEnd } from "./white-space.js";

const END_OF_FILE = "*** End of File";

/**
 * Parses the chunk that starts at line index `at`.
 * @param end index of the End marker: no line from there on belongs to a chunk
 * @param isFirst only the first chunk of a section may go without an `@@` line
 * @throws PatchParseError
 */
export function parseChunk(
  lines: readonly string[],
  at: number,
  end: number,
  isFirst: boolean,
): { chunk: Chunk; next: number } {
  const { contexts, next: start } = parseContexts(lines, at, end);
  if (start === at && !isFirst) {
    const got = lines[at] ?? "";
    throw new PatchParseError(`Expected update hunk to start with a @@ context marker, got: '${got}'`, at + 1);
  }
  const body: ChunkLine[] = [];
  for (let next = start; next < end; next++) {
    const line = lines[next] ?? "";
    const atEnd = trimEnd(line) === END_OF_FILE;
    const bodyLine = atEnd ? null : parseBodyLine(line);
    if (bodyLine !== null) {
      body.push(bodyLine);
    } else if (body.length > 0) {
      return { chunk: { contexts, lines: body, atEnd }, next: atEnd ? next + 1 : next };
    } else {
      throw emptyChunk(lines, at, start, atEnd ? null : line);
    }
  }
  if (body.length === 0) throw emptyChunk(lines, at, start, null);
  return { chunk: { contexts, lines: body, atEnd: false }, next: end };
}

/** `@@` alone names no context; `@@ text` does. Several in a row narrow the place down step by step. */
function parseContexts(lines: readonly string[], at: number, end: number): { contexts: string[]; next: number } {
  const contexts: string[] = [];
  let next = at;
  for (let line = lines[next] ?? ""; next < end && isContextLine(line); line = lines[next] ?? "") {
    if (line !== "@@") contexts.push(line.slice(3));
    next++;
  }
  return { contexts, next };
}

function isContextLine(line: string): boolean {
  return line === "@@" || line.startsWith("@@ ");
}

function parseBodyLine(line: string): ChunkLine | null {
  switch (line[0]) {
    case undefined:
      return { kind: "keep", text: "" };
    case " ":
      return { kind: "keep", text: line.slice(1) };
    case "-":
      return { kind: "remove", text: line.slice(1) };
    case "+":
      return { kind: "insert", text: line.slice(1) };
    default:
      return null;
  }
}

/**
 * The error for a chunk without lines.
 * @param at index of its first `@@` line
 * @param start index of the line after the last one
 * @param found the line there, when it is not the chunk's end
 */
function emptyChunk(lines: readonly string[], at: number, start: number, found: string | null): PatchParseError {
  // Several `@@` lines that lead to nothing are not a narrowed place: the second one stands where a line should be.
  if (start - at > 1) return unexpectedLine(lines[at + 1] ?? "", at + 1);
  if (found !== null) return unexpectedLine(found, start);
  return new PatchParseError("Update hunk does not contain any lines", start + 1);
}

function unexpectedLine(line: string, index: number): PatchParseError {
  return new PatchParseError(
    `Unexpected line found in update hunk: '${line}'. ` +
      "Every line should start with ' ' (context line), '+' (added line), or '-' (removed line)",
    index + 1,
  );
}
