/** Puts a new value into a TOML text, at the place where a person would have written it. */

import { ConfigError } from "../errors.js";
import type { Json, TomlDocument, TomlTable, TomlValue } from "../toml/nodes.js";
import { parseToml } from "../toml/parse.js";
import {
  attachedCommentStart,
  endOfSection,
  hasBraces,
  namesOf,
  newlineOf,
  placeStatements,
  startsWith,
  valueAt,
  wholeLines,
  type NodePath,
  type PlacedStatement,
} from "./layout.js";
import { isArrayOfTables, isTableValue, printKey, printPath, printSection, printValue } from "./print.js";

/** The text with `value` at `path`, where nothing stands yet. */
export function insertValue(text: string, path: NodePath, value: Json): string {
  const document = parseToml({ file: null, text, folder: null, layer: null });
  const hostLength = deepestExisting(document.root, path);
  const hostPath = path.slice(0, hostLength);
  const rest = path.slice(hostLength);
  const host = valueAt(document.root, hostPath);
  const place: Place = { text, document, placed: placeStatements(document), hostPath, rest, value };
  if (host?.kind === "array") {
    return host.form === "tables" ? appendSection(place) : insertBetween(place, host.span, host.items.at(-1)?.span.end);
  }
  if (host?.kind !== "table") {
    throw new ConfigError("write", "cannot set value on non-table parent");
  }
  switch (host.form) {
    case "inline":
      return insertInBraces(place, host);
    case "dotted":
      return insertDotted(place);
    case "root":
    case "header":
    case "implicit":
    case "merged":
      return isTableValue(value) || rest.length > 1 || host.form === "implicit" || isArrayOfTables(value)
        ? insertSection(place, host)
        : insertLine(place, host);
  }
}

interface Place {
  readonly text: string;
  readonly document: TomlDocument;
  readonly placed: readonly PlacedStatement[];
  /** What exists of the path. */
  readonly hostPath: NodePath;
  /** What does not. */
  readonly rest: NodePath;
  readonly value: Json;
}

function deepestExisting(root: TomlTable, path: NodePath): number {
  let length = path.length - 1;
  while (length > 0 && valueAt(root, path.slice(0, length)) === undefined) {
    length--;
  }
  return length;
}

// between braces and brackets

function insertInBraces(place: Place, host: TomlTable): string {
  if (!hasBraces(host)) {
    // Made by dotted keys inside braces: written out beside them.
    const entries = [...host.entries.values()];
    const end = Math.max(...entries.map((entry) => entry.value.span.end));
    const key = printPath(namesOf([...bracelessPart(place), ...place.rest.slice(0, 1)]));
    const addition = `, ${key} = ${printValue(nest(place.rest.slice(1), place.value))}`;
    return place.text.slice(0, end) + addition + place.text.slice(end);
  }
  const [first] = namesOf(place.rest);
  const addition = `${printKey(first ?? "")} = ${printValue(nest(place.rest.slice(1), place.value))}`;
  const ends = [...host.entries.values()].map((entry) => lastEnd(entry.value));
  return splice(place.text, host.span, ends.length === 0 ? undefined : Math.max(...ends), addition, " ");
}

function lastEnd(value: TomlValue): number {
  if (value.kind === "table" && !hasBraces(value)) {
    return Math.max(...[...value.entries.values()].map((entry) => lastEnd(entry.value)));
  }
  return value.span.end;
}

/** The names from the innermost braces to the host. */
function bracelessPart({ document, hostPath }: Place): NodePath {
  let length = hostPath.length - 1;
  for (; length > 0; length--) {
    const value = valueAt(document.root, hostPath.slice(0, length));
    if (value?.kind === "table" && hasBraces(value)) {
      break;
    }
  }
  return hostPath.slice(length);
}

function insertBetween(place: Place, span: { start: number; end: number }, last: number | undefined): string {
  return splice(place.text, span, last, printValue(nest(place.rest.slice(1), place.value)), "");
}

/** Adds an element after the last one, or as the only one; a comma that follows the last one is kept. */
function splice(
  text: string,
  span: { start: number; end: number },
  last: number | undefined,
  addition: string,
  padding: string,
): string {
  if (last === undefined) {
    const inside = text.slice(span.start + 1, span.end - 1);
    const kept = inside.trim() === "" ? "" : inside;
    return `${text.slice(0, span.start + 1)}${padding}${addition}${padding}${kept}${text.slice(span.end - 1)}`;
  }
  return `${text.slice(0, last)}, ${addition}${text.slice(last)}`;
}

// lines and sections

/** `a.b = 1` stands there already: the new value becomes `a.c = …` beside it. */
function insertDotted(place: Place): string {
  const siblings = place.placed.filter(
    (each) => each.statement.kind === "assignment" && startsWith(each.path, place.hostPath),
  );
  const last = siblings[siblings.length - 1]?.statement;
  if (last?.kind !== "assignment") {
    throw new ConfigError("write", "cannot find the lines of a dotted key");
  }
  const sectionPath = siblings[siblings.length - 1]?.path.slice(0, -last.path.length) ?? [];
  const key = [...place.hostPath.slice(sectionPath.length), ...place.rest.slice(0, 1)];
  return insertAfter(
    place.text,
    wholeLines(place.text, last.span).end,
    `${printPath(namesOf(key))} = ${printValue(nest(place.rest.slice(1), place.value))}`,
  );
}

function insertLine(place: Place, host: TomlTable): string {
  const { text, placed } = place;
  const line = `${printKey(namesOf(place.rest)[0] ?? "")} = ${printValue(place.value)}`;
  const own = placed.filter(({ statement }) => statement.kind === "assignment" && statement.section === host);
  const header = placed.find(({ statement }) => statement.kind === "header" && statement.table === host);
  const after = own[own.length - 1] ?? header;
  if (after !== undefined) {
    return insertAfter(text, wholeLines(text, after.statement.span).end, line);
  }
  const first = placed[0];
  if (first === undefined) {
    return insertAfter(text, text.length, line);
  }
  const newline = newlineOf(text);
  const start = attachedCommentStart(text, wholeLines(text, first.statement.span).start);
  return text.slice(0, start) + line + newline + newline + text.slice(start);
}

/** A new `[section]`, near its relatives. */
function insertSection(place: Place, host: TomlTable): string {
  const { text, placed, hostPath, rest } = place;
  const tablePath = isTableValue(place.value) || isArrayOfTables(place.value) ? rest : rest.slice(0, -1);
  const names = namesOf([...hostPath, ...tablePath]);
  const newline = newlineOf(text);
  const section = sectionText(place, names, newline);
  if (host.form === "implicit" && tablePath.length === 0) {
    const first = placed.find((each) => each.statement.kind === "header" && startsWith(each.path, hostPath));
    if (first !== undefined) {
      const start = attachedCommentStart(text, wholeLines(text, first.statement.span).start);
      return text.slice(0, start) + section + newline + text.slice(start);
    }
  }
  const relatives = placed.filter((each) =>
    isRelative(each, hostPath, names[hostPath.length === 0 ? 0 : hostPath.length]),
  );
  return appendAfter(text, endOf(place, relatives[relatives.length - 1]), section);
}

/** The end of the section that a statement is the last of; the end of the text without one. */
function endOf({ text, placed }: Place, last: PlacedStatement | undefined): number {
  if (last === undefined) {
    return text.length;
  }
  const next = placed[placed.indexOf(last) + 1];
  const limit = next === undefined ? text.length : wholeLines(text, next.statement.span).start;
  return endOfSection(text, wholeLines(text, last.statement.span).end, limit);
}

/** Sections of the same family stand together; a new family stands at the end. */
function isRelative(each: PlacedStatement, hostPath: NodePath, family: string | undefined): boolean {
  if (hostPath.length > 0) {
    return startsWith(each.path, hostPath);
  }
  return each.path[0] === family && each.path.length > 1;
}

function sectionText(place: Place, names: readonly string[], newline: string): string {
  const { value, rest } = place;
  if (isArrayOfTables(value)) {
    return value.map((item) => printSection(names, item, true, newline)).join(newline);
  }
  if (isTableValue(value)) {
    return printSection(names, value, false, newline);
  }
  const last = namesOf(rest)[rest.length - 1] ?? "";
  return printSection(names, { [last]: value }, false, newline);
}

/** One more `[[section]]` of an array. */
function appendSection(place: Place): string {
  const { text, placed, hostPath } = place;
  const names = namesOf(hostPath);
  const section = printSection(names, nest(place.rest.slice(1), place.value), true, newlineOf(text));
  const items = placed.filter((each) => startsWith(each.path, hostPath));
  return appendAfter(text, endOf(place, items[items.length - 1]), section);
}

// text

/** Adds a line behind a line. */
function insertAfter(text: string, at: number, line: string): string {
  const newline = newlineOf(text);
  const before = text.slice(0, at);
  const lead = before === "" || before.endsWith("\n") ? "" : newline;
  return before + lead + line + newline + text.slice(at);
}

/** Adds a section behind a line, with a blank line before and after it. */
function appendAfter(text: string, at: number, section: string): string {
  const newline = newlineOf(text);
  const before = text.slice(0, at);
  const after = text.slice(at);
  const lead = before.trim() === "" ? "" : before.endsWith("\n") ? newline : newline + newline;
  const doubled = /\n\r?\n$/.test(before);
  const tail = after === "" || /^\r?\n/.test(after) ? "" : newline;
  return (before.trim() === "" ? "" : before) + (doubled ? "" : lead) + section + tail + after;
}

/** The value inside the tables and lists that a path stands for. */
export function nest(path: NodePath, value: Json): Json {
  return [...path]
    .reverse()
    .reduce<Json>((inner, part) => (typeof part === "number" ? [inner] : { [part]: inner }), value);
}
