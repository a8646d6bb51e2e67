/** Takes a value out of a TOML text. Comments on lines of their own above it stay: they may be about more. */

import type { Span, TomlEntry, TomlTable, TomlValue } from "../toml/nodes.js";
import { parseToml } from "../toml/parse.js";
import {
  endOfSection,
  entryAt,
  hasBraces,
  placeStatements,
  startsWith,
  valueAt,
  wholeLines,
  type NodePath,
  type PlacedStatement,
} from "./layout.js";

/** The text without the value at `path`; the same text when there is none. */
export function removeAt(text: string, path: NodePath): string {
  const document = parseToml({ file: null, text, folder: null, layer: null });
  if (valueAt(document.root, path) === undefined) {
    return text;
  }
  const placed = placeStatements(document);
  const owned = placed.filter((each) => startsWith(each.path, path));
  if (owned.length > 0) {
    const gone = new Set(owned.flatMap(({ statement }) => (statement.kind === "header" ? [statement.table] : [])));
    return cut(
      text,
      owned.map((each) => linesOf(text, each, placed, gone)),
    );
  }
  return removeInside(text, document.root, path);
}

/** The lines of a statement. In a section that goes as a whole, the comments behind the statement go with it. */
function linesOf(
  text: string,
  each: PlacedStatement,
  placed: readonly PlacedStatement[],
  gone: ReadonlySet<TomlTable>,
): Span {
  const { statement } = each;
  const lines = wholeLines(text, statement.span);
  if (!gone.has(statement.kind === "header" ? statement.table : statement.section)) {
    return lines;
  }
  const next = placed[placed.indexOf(each) + 1]?.statement;
  const limit = next === undefined ? text.length : wholeLines(text, next.span).start;
  const end = next?.kind === "assignment" ? limit : endOfSection(text, lines.end, limit);
  return { start: lines.start, end };
}

// inside braces and brackets

function removeInside(text: string, root: TomlTable, path: NodePath): string {
  const last = path[path.length - 1];
  const parent = valueAt(root, path.slice(0, -1));
  if (parent?.kind === "array" && typeof last === "number") {
    return cutElement(
      text,
      parent.items.map((item) => item.span),
      last,
    );
  }
  const entry = entryAt(root, path);
  if (entry?.statement === undefined) {
    return removeEach(text, path, entry?.value);
  }
  const { start } = entry.statement;
  const spans = elementsOf(bracesAround(root, path));
  return cutElement(
    text,
    spans,
    spans.findIndex((span) => span.start === start),
  );
}

/** A table that dotted keys made between braces goes key by key. */
function removeEach(text: string, path: NodePath, table: TomlValue | undefined): string {
  let edited = text;
  for (const key of table?.kind === "table" ? table.entries.keys() : []) {
    edited = removeAt(edited, [...path, key]);
  }
  return edited;
}

/** The innermost table on the way that has braces. */
function bracesAround(root: TomlTable, path: NodePath): TomlTable | null {
  for (let length = path.length - 1; length > 0; length--) {
    const value = valueAt(root, path.slice(0, length));
    if (value?.kind === "table" && hasBraces(value)) {
      return value;
    }
  }
  return null;
}

/** The spans of the `key = value` pairs between braces, in order. */
function elementsOf(table: TomlTable | null): Span[] {
  const spans = [...(table?.entries.values() ?? [])].flatMap(pairsOf);
  return spans.sort((a, b) => a.start - b.start);
}

/** The pairs that make up an entry: itself, or those of a table that dotted keys made. */
function pairsOf(entry: TomlEntry): Span[] {
  if (entry.statement !== undefined) {
    return [entry.statement];
  }
  return entry.value.kind === "table" ? [...entry.value.entries.values()].flatMap(pairsOf) : [];
}

/** Cuts one of several elements with the comma that it leaves over. */
function cutElement(text: string, spans: readonly Span[], index: number): string {
  const span = spans[index];
  if (span === undefined) {
    return text;
  }
  const next = spans[index + 1];
  const previous = spans[index - 1];
  if (next !== undefined) {
    return text.slice(0, span.start) + text.slice(next.start);
  }
  if (previous !== undefined) {
    return text.slice(0, previous.end) + text.slice(span.end);
  }
  const comma = /^[ \t]*,/.exec(text.slice(span.end))?.[0].length ?? 0;
  return text.slice(0, span.start) + text.slice(span.end + comma);
}

/** The text without some ranges of lines; blank lines around a cut do not pile up. */
function cut(text: string, spans: readonly Span[]): string {
  let edited = text;
  for (const { start, end } of [...spans].sort((a, b) => b.start - a.start)) {
    const before = edited.slice(0, start);
    const after = edited.slice(end);
    edited = before + (before === "" || /(?:^|\n)\r?\n$/.test(before) ? after.replace(/^\r?\n/, "") : after);
  }
  return edited;
}
