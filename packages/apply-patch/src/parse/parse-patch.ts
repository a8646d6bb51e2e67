/** Reads a patch's text: the markers around it, then section by section. */

import { parseChunk } from "./parse-chunk.js";
import { PatchParseError } from "./parse-error.js";
import type { Chunk, Patch, PatchSection } from "./patch.js";
import { isBlank, trim, trimEnd } from "./white-space.js";

const BEGIN = "*** Begin Patch";
const END = "*** End Patch";
const ADD = "*** Add File: ";
const DELETE = "*** Delete File: ";
const UPDATE = "*** Update File: ";
const MOVE = "*** Move to: ";

/**
 * Parses a patch. White space around the text, CRLF line ends, padded headers and a heredoc around the patch are taken.
 * @throws PatchParseError
 */
export function parsePatch(text: string): Patch {
  const lines = patchLines(trim(text));
  const end = lines.length - 1;
  const sections: PatchSection[] = [];
  let at = 1;
  while (at < end) {
    const { section, next } = parseSection(lines, at, end);
    sections.push(section);
    at = next;
  }
  return { text: lines.join("\n"), sections };
}

/** The lines from the Begin marker to the End marker, taken out of a heredoc if there is one. */
function patchLines(text: string): string[] {
  const lines = text === "" ? [] : text.split("\n").map(withoutCarriageReturn);
  const problem = markerProblem(lines);
  if (problem === null) return lines;
  const inner = heredocBody(lines);
  const innerProblem = inner === null ? problem : markerProblem(inner);
  if (inner === null || innerProblem !== null) throw innerProblem ?? problem;
  return inner;
}

/** One CR before each LF belongs to the line end. The last line has no LF. */
function withoutCarriageReturn(line: string, index: number, lines: readonly string[]): string {
  return index < lines.length - 1 && line.endsWith("\r") ? line.slice(0, -1) : line;
}

function markerProblem(lines: readonly string[]): PatchParseError | null {
  const first = lines[0];
  if (first !== undefined && trim(first) !== BEGIN) {
    return new PatchParseError(`The first line of the patch must be '${BEGIN}'`, null);
  }
  if (lines.length < 2 || trim(lines.at(-1) ?? "") !== END) {
    return new PatchParseError(`The last line of the patch must be '${END}'`, null);
  }
  return null;
}

/** Models wrap patches as `<<'EOF' ... EOF` although no shell is there to take that off. */
function heredocBody(lines: readonly string[]): string[] | null {
  const opening = /^<<(?:([\w-]+)|'([\w-]+)'|"([\w-]+)")$/.exec(lines[0] ?? "");
  const delimiter = opening?.[1] ?? opening?.[2] ?? opening?.[3];
  if (delimiter === undefined || lines.length < 4 || lines.at(-1)?.endsWith(delimiter) !== true) return null;
  return lines.slice(1, -1);
}

interface ParsedSection {
  section: PatchSection;
  /** Index of the first line after the section. */
  next: number;
}

function parseSection(lines: readonly string[], at: number, end: number): ParsedSection {
  const header = trim(lines[at] ?? "");
  if (header.startsWith(ADD)) return parseAdd(header.slice(ADD.length), lines, at + 1, end);
  if (header.startsWith(DELETE)) {
    return { section: { kind: "delete", path: header.slice(DELETE.length) }, next: at + 1 };
  }
  if (header.startsWith(UPDATE)) return parseUpdate(header.slice(UPDATE.length), lines, at + 1, end);
  const valid = `'${ADD}{path}', '${DELETE}{path}', '${UPDATE}{path}'`;
  throw new PatchParseError(`'${header}' is not a valid hunk header. Valid hunk headers: ${valid}`, at + 1);
}

function parseAdd(path: string, lines: readonly string[], start: number, end: number): ParsedSection {
  const added: string[] = [];
  let next = start;
  for (let line = lines[next]; next < end && line?.startsWith("+"); line = lines[next]) {
    added.push(`${line.slice(1)}\n`);
    next++;
  }
  return { section: { kind: "add", path, content: added.join("") }, next };
}

function parseUpdate(path: string, lines: readonly string[], start: number, end: number): ParsedSection {
  const movePath = moveTarget(lines, start, end);
  const chunks: Chunk[] = [];
  let next = movePath === null ? start : start + 1;
  while (next < end) {
    const line = lines[next] ?? "";
    if (isBlank(line)) {
      next++;
      continue;
    }
    if (line.startsWith("***")) break;
    const parsed = parseChunk(lines, next, end, chunks.length === 0);
    chunks.push(parsed.chunk);
    next = parsed.next;
  }
  if (chunks.length === 0) throw new PatchParseError(`Update file hunk for path '${path}' is empty`, start);
  return { section: { kind: "update", path, movePath, chunks }, next };
}

/**
 * The path of a move line. A padded one reads as a context line too, so it counts only when an `@@` line follows:
 * as context it would then be a chunk that changes nothing.
 */
function moveTarget(lines: readonly string[], at: number, end: number): string | null {
  const line = lines[at] ?? "";
  if (at >= end) return null;
  if (line.startsWith(MOVE)) return trimEnd(line.slice(MOVE.length));
  const padded = trim(line);
  return padded.startsWith(MOVE) && at + 1 < end && lines[at + 1]?.startsWith("@@") === true
    ? padded.slice(MOVE.length)
    : null;
}
