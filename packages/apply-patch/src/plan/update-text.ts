/** Applies the chunks of an update to a file's text. Pure. Lines that a chunk keeps stay exactly as the file has them. */

import type { Chunk, ChunkLine } from "../parse/patch.js";
import { type BlockMatch, findBlock } from "./find-block.js";
import type { LineTable } from "./line-table.js";
import { PatchPlanError } from "./plan-error.js";

/** Where a chunk that has lines to look for was placed. */
export interface Placement extends BlockMatch {
  readonly block: readonly string[];
}

/** A changed text and how it came about. */
export interface UpdatedText {
  readonly text: string;
  readonly placements: readonly Placement[];
}

/**
 * Finds every chunk, in file order, and replaces its lines.
 * @param path names the file in errors
 * @throws PatchPlanError when a context or the lines of a chunk are not found
 */
export function updateText(table: LineTable, chunks: readonly Chunk[], path: string): UpdatedText {
  const edits: Edit[] = [];
  const placements: Placement[] = [];
  let changed = 0; // no earlier line can be changed any more
  let cursor = 0;
  for (const chunk of chunks) {
    cursor = passContexts(table, chunk.contexts, cursor, path);
    if (chunk.lines.every((line) => line.kind === "insert")) {
      const atEnd = chunk.contexts.length === 0 || chunk.atEnd;
      edits.push(...editsOf(chunk.lines, atEnd ? endOf(table) : cursor));
      continue;
    }
    const { lines, placement } = placeChunk(table, chunk, { cursor, changed }, path);
    edits.push(...editsOf(lines, placement.at));
    placements.push(placement);
    changed = placement.at + placement.block.length;
    cursor = changed;
  }
  return { text: applyEdits(table, edits), placements };
}

/** Where lines without a place of their own go: to the end, but before a blank line that a file may end in. */
function endOf(table: LineTable): number {
  const last = table.count - 1;
  return last >= 0 && table.equals(last, "", 1) && table.ending(last) !== "" ? last : table.count;
}

/** The line after the last context. */
function passContexts(table: LineTable, contexts: readonly string[], from: number, path: string): number {
  let cursor = from;
  for (const context of contexts) {
    const match = findBlock(table, [context], cursor);
    if (match === null) throw new PatchPlanError(`Failed to find context '${context}' in ${path}`, path);
    cursor = match.at + 1;
  }
  return cursor;
}

/** From where on a chunk is looked for, and from where on it may be found at the end of the file. */
interface Progress {
  readonly cursor: number;
  readonly changed: number;
}

function placeChunk(
  table: LineTable,
  chunk: Chunk,
  progress: Progress,
  path: string,
): { lines: readonly ChunkLine[]; placement: Placement } {
  for (const lines of [chunk.lines, withoutLastBlank(chunk.lines)]) {
    const block = oldLines(lines ?? []);
    const match = lines && findChunk(table, block, chunk.atEnd, progress);
    if (match) return { lines, placement: { ...match, block } };
  }
  const expected = oldLines(chunk.lines).join("\n");
  throw new PatchPlanError(`Failed to find expected lines in ${path}:\n${expected}`, path);
}

/** A chunk marked as the end of the file may hold the very line that its context names. */
function findChunk(table: LineTable, block: readonly string[], atEnd: boolean, from: Progress): BlockMatch | null {
  const last = table.count - block.length;
  const atLast = atEnd && last >= from.changed ? findBlock(table, block, last, last) : null;
  return atLast ?? findBlock(table, block, from.cursor);
}

function oldLines(lines: readonly ChunkLine[]): string[] {
  return lines.filter((line) => line.kind !== "insert").map((line) => line.text);
}

/**
 * The chunk without the blank line at the end of its old side, and of its new side if there is one too: models write an
 * empty line after the last line of a file, or before the next marker. Null when the old side ends with something else.
 */
function withoutLastBlank(lines: readonly ChunkLine[]): ChunkLine[] | null {
  const blank = lines.findLastIndex((line) => line.kind !== "insert");
  const line = lines[blank];
  if (line === undefined || line.text !== "") return null;
  const stillNew: ChunkLine[] = line.kind === "keep" ? [{ kind: "insert", text: "" }] : [];
  const rest = [...lines.slice(0, blank), ...stillNew, ...lines.slice(blank + 1)];
  const lastNew = rest.findLastIndex((other) => other.kind !== "remove");
  const last = rest[lastNew];
  if (last?.kind === "insert" && last.text === "") rest.splice(lastNew, 1);
  return rest;
}

/** Lines `start` to before `end` give way to other lines. */
interface Edit {
  readonly start: number;
  end: number;
  readonly inserted: string[];
}

/** One edit for each run of removed and inserted lines between kept ones. */
function editsOf(lines: readonly ChunkLine[], at: number): Edit[] {
  const edits: Edit[] = [];
  let position = at;
  let run: Edit | null = null;
  for (const line of lines) {
    if (line.kind === "keep") {
      run = null;
      position++;
      continue;
    }
    if (run === null) {
      run = { start: position, end: position, inserted: [] };
      edits.push(run);
    }
    if (line.kind === "insert") run.inserted.push(line.text);
    else run.end = ++position;
  }
  return edits;
}

function applyEdits(table: LineTable, edits: readonly Edit[]): string {
  const result: string[] = [];
  let position = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    const kept = table.slice(position, edit.start);
    if (kept !== "") result.push(kept);
    if (edit.inserted.length > 0) {
      const ending = endingAt(table, edit);
      if (result.length > 0 && result.at(-1)?.endsWith("\n") === false) result.push(ending);
      result.push(edit.inserted.join(ending) + ending);
    }
    // Lines added before a last blank line may lie within a run that removes that line.
    position = Math.max(position, edit.end);
  }
  result.push(table.slice(position, table.count));
  return result.join("");
}

/** The ending for lines inserted by an edit: that of the last line before its end, or else of the line after it. */
function endingAt(table: LineTable, edit: Edit): "\n" | "\r\n" {
  const before = edit.end > 0 ? table.ending(edit.end - 1) : "";
  const earlier = before === "" && edit.end > 1 ? table.ending(edit.end - 2) : before;
  return earlier || (edit.end < table.count ? table.ending(edit.end) : "") || "\n";
}
