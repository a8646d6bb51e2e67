/** Parses TOML 1.1 into values that know their place. Errors name the offset and what was expected. */

import {
  TomlSyntaxError,
  type Span,
  type TomlArray,
  type TomlDocument,
  type TomlEntry,
  type TomlSource,
  type TomlStatement,
  type TomlTable,
  type TomlTableForm,
  type TomlValue,
} from "./nodes.js";
import { isControl, newlineLength, skipBlanks, type Cursor } from "./cursor.js";
import { readKey, readScalar, type KeyPart } from "./scalars.js";

/** How deep arrays and inline tables may nest; deeper input is refused rather than risking the stack. */
const MAX_DEPTH = 80;

/**
 * Parses a whole document.
 * @throws TomlSyntaxError
 */
export function parseToml(source: TomlSource): TomlDocument {
  const cursor: Cursor = { source, text: source.text, at: source.text.startsWith("\ufeff") ? 1 : 0 };
  const root = newTable("root", source, { start: 0, end: 0 });
  const statements: TomlStatement[] = [];
  let section = root;
  for (skipVoid(cursor); cursor.at < cursor.text.length; skipVoid(cursor)) {
    if (cursor.text[cursor.at] === "[") {
      section = readHeader(cursor, root, statements);
    } else {
      readAssignment(cursor, section, statements);
    }
    endOfLine(cursor);
  }
  return { source, root, statements };
}

/**
 * Parses one value that is the whole text, as on the right of `-c key=`.
 * @throws TomlSyntaxError
 */
export function parseTomlValue(source: TomlSource): TomlValue {
  const cursor: Cursor = { source, text: source.text, at: 0 };
  skipBlanks(cursor);
  const value = readValue(cursor, 0);
  endOfLine(cursor);
  skipVoid(cursor);
  if (cursor.at < cursor.text.length) {
    throw new TomlSyntaxError("unexpected text after the value", source, cursor.at);
  }
  return value;
}

/**
 * Parses a dotted key that is the whole text, as on the left of `-c key=`.
 * @throws TomlSyntaxError
 */
export function parseTomlKey(source: TomlSource): string[] {
  const cursor: Cursor = { source, text: source.text, at: 0 };
  skipBlanks(cursor);
  const parts = readKey(cursor);
  skipBlanks(cursor);
  if (cursor.at < cursor.text.length) {
    throw new TomlSyntaxError("unexpected text after the key, expected `.`", source, cursor.at);
  }
  return parts.map((part) => part.name);
}

// headers

function readHeader(cursor: Cursor, root: TomlTable, statements: TomlStatement[]): TomlTable {
  const start = cursor.at;
  const isArray = cursor.text[start + 1] === "[";
  cursor.at += isArray ? 2 : 1;
  skipBlanks(cursor);
  const key = readKey(cursor);
  skipBlanks(cursor);
  const close = isArray ? "]]" : "]";
  if (!cursor.text.startsWith(close, cursor.at)) {
    throw new TomlSyntaxError(`unclosed table, expected \`${close}\``, cursor.source, cursor.at);
  }
  cursor.at += close.length;
  const span = { start, end: cursor.at };
  const table = openSection(cursor.source, root, key, isArray, span);
  statements.push({ kind: "header", path: key.map((part) => part.name), isArray, span, table });
  return table;
}

function openSection(
  source: TomlSource,
  root: TomlTable,
  key: readonly KeyPart[],
  isArray: boolean,
  span: Span,
): TomlTable {
  const { parent, last } = descend(source, root, key, "implicit");
  const existing = parent.entries.get(last.name)?.value;
  if (isArray) {
    const table = newTable("header", source, span);
    if (existing === undefined) {
      const array: TomlArray = { kind: "array", form: "tables", items: [table], source, span };
      parent.entries.set(last.name, { keySpan: last.span, value: array });
    } else if (existing.kind === "array" && existing.form === "tables") {
      existing.items.push(table);
    } else {
      throw new TomlSyntaxError("duplicate key", source, last.span.start, last.span.end);
    }
    return table;
  }
  if (existing === undefined) {
    const table = newTable("header", source, span);
    parent.entries.set(last.name, { keySpan: last.span, value: table });
    return table;
  }
  if (existing.kind === "table" && existing.form === "implicit") {
    existing.form = "header";
    existing.span = span;
    return existing;
  }
  throw new TomlSyntaxError("duplicate key", source, key[0]?.span.start ?? span.start, last.span.end);
}

// assignments

function readAssignment(cursor: Cursor, section: TomlTable, statements: TomlStatement[]): void {
  const start = cursor.at;
  const { key, value } = readKeyValue(cursor, 0);
  insert(cursor.source, section, key, value);
  const path = key.map((part) => part.name);
  statements.push({ kind: "assignment", path, span: { start, end: value.span.end }, value, section });
}

function readKeyValue(cursor: Cursor, depth: number): { key: KeyPart[]; value: TomlValue } {
  const key = readKey(cursor);
  const end = cursor.at;
  skipBlanks(cursor);
  if (cursor.text[cursor.at] !== "=") {
    const at = cursor.text[cursor.at] === undefined || newlineLength(cursor.text, cursor.at) > 0 ? end : cursor.at;
    throw new TomlSyntaxError("key with no value, expected `=`", cursor.source, at);
  }
  cursor.at++;
  skipBlanks(cursor);
  return { key, value: readValue(cursor, depth) };
}

function insert(source: TomlSource, table: TomlTable, key: readonly KeyPart[], value: TomlValue): void {
  const { parent, last } = descend(source, table, key, "dotted");
  if (parent.entries.has(last.name)) {
    throw new TomlSyntaxError("duplicate key", source, key[0]?.span.start ?? last.span.start, last.span.end);
  }
  const start = key[0]?.span.start ?? last.span.start;
  parent.entries.set(last.name, { keySpan: last.span, statement: { start, end: value.span.end }, value });
}

/** Walks to the table that holds the last part of a key, making tables of `form` on the way. */
function descend(
  source: TomlSource,
  from: TomlTable,
  key: readonly KeyPart[],
  form: "implicit" | "dotted",
): { parent: TomlTable; last: KeyPart } {
  let parent = from;
  for (const part of key.slice(0, -1)) {
    const entry = parent.entries.get(part.name);
    if (entry === undefined) {
      const table = newTable(form, source, part.span);
      parent.entries.set(part.name, { keySpan: part.span, value: table });
      parent = table;
    } else {
      parent = extendable(source, entry, form, part);
    }
  }
  const last = key[key.length - 1];
  if (last === undefined) {
    throw new TomlSyntaxError("unquoted keys cannot be empty, expected letters, numbers, `-`, `_`", source, 0);
  }
  return { parent, last };
}

/** The table behind an entry, if a header (`implicit`) or a dotted key (`dotted`) may add to it. */
function extendable(source: TomlSource, entry: TomlEntry, form: "implicit" | "dotted", part: KeyPart): TomlTable {
  let value = entry.value;
  if (form === "implicit" && value.kind === "array" && value.form === "tables") {
    value = value.items[value.items.length - 1] ?? value;
  }
  const open = value.kind === "table" && (form === "implicit" ? value.form !== "inline" : value.form === "dotted");
  if (open && value.kind === "table") {
    return value;
  }
  const what = value.kind === "table" ? (value.form === "inline" ? "inline table" : "table") : value.kind;
  const message = `cannot extend value of type ${what} with a dotted key`;
  throw new TomlSyntaxError(message, source, part.span.start, part.span.end);
}

// values

function readValue(cursor: Cursor, depth: number): TomlValue {
  if (depth > MAX_DEPTH) {
    throw new TomlSyntaxError(`nested too deeply, expected at most ${MAX_DEPTH} levels`, cursor.source, cursor.at);
  }
  switch (cursor.text[cursor.at]) {
    case "[":
      return readArray(cursor, depth);
    case "{":
      return readInlineTable(cursor, depth);
    default:
      return readScalar(cursor);
  }
}

function readArray(cursor: Cursor, depth: number): TomlValue {
  const { source } = cursor;
  const start = cursor.at++;
  const items: TomlValue[] = [];
  for (;;) {
    const before = cursor.at;
    skipVoid(cursor);
    if (cursor.text[cursor.at] === "]") {
      break;
    }
    closedBy("]", "array", cursor, before);
    items.push(readValue(cursor, depth + 1));
    const end = cursor.at;
    skipVoid(cursor);
    if (cursor.text[cursor.at] === ",") {
      cursor.at++;
    } else if (cursor.text[cursor.at] !== "]") {
      closedBy("]", "array", cursor, end);
      throw new TomlSyntaxError("missing comma between array elements, expected `,`", source, cursor.at);
    }
  }
  cursor.at++;
  return { kind: "array", form: "inline", items, source, span: { start, end: cursor.at } };
}

function readInlineTable(cursor: Cursor, depth: number): TomlValue {
  const { source } = cursor;
  const start = cursor.at++;
  const table = newTable("inline", source, { start, end: start + 1 });
  for (;;) {
    const before = cursor.at;
    skipVoid(cursor);
    if (cursor.text[cursor.at] === "}") {
      break;
    }
    closedBy("}", "inline table", cursor, before);
    const { key, value } = readKeyValue(cursor, depth + 1);
    insert(source, table, key, value);
    const end = cursor.at;
    skipVoid(cursor);
    if (cursor.text[cursor.at] === ",") {
      cursor.at++;
    } else if (cursor.text[cursor.at] !== "}") {
      closedBy("}", "inline table", cursor, end);
      throw new TomlSyntaxError("missing comma between key-value pairs, expected `,`", source, cursor.at);
    }
  }
  cursor.at++;
  table.span = { start, end: cursor.at };
  closeDotted(table);
  return table;
}

/** Tables made by dotted keys inside braces are as closed as the braces. */
function closeDotted(table: TomlTable): void {
  for (const { value } of table.entries.values()) {
    if (value.kind === "table" && value.form === "dotted") {
      value.form = "inline";
      closeDotted(value);
    }
  }
}

function closedBy(close: string, what: string, cursor: Cursor, at: number): void {
  if (cursor.at >= cursor.text.length) {
    throw new TomlSyntaxError(`unclosed ${what}, expected \`${close}\``, cursor.source, at);
  }
}

// between statements

/** Skips white space, line ends and comments. */
function skipVoid(cursor: Cursor): void {
  for (;;) {
    skipBlanks(cursor);
    const newline = newlineLength(cursor.text, cursor.at);
    if (newline > 0) {
      cursor.at += newline;
    } else if (cursor.text[cursor.at] === "#") {
      skipComment(cursor);
    } else {
      return;
    }
  }
}

function skipComment(cursor: Cursor): void {
  const { text } = cursor;
  for (let { at } = cursor; ; at++) {
    const code = text.charCodeAt(at);
    const ends = at >= text.length || newlineLength(text, at) > 0;
    if (ends) {
      cursor.at = at;
      return;
    }
    if (isControl(code)) {
      throw new TomlSyntaxError("invalid comment character, expected printable characters", cursor.source, at);
    }
  }
}

function endOfLine(cursor: Cursor): void {
  skipBlanks(cursor);
  if (cursor.text[cursor.at] === "#") {
    skipComment(cursor);
  }
  if (cursor.at < cursor.text.length && newlineLength(cursor.text, cursor.at) === 0) {
    throw new TomlSyntaxError("unexpected key or value, expected newline, `#`", cursor.source, cursor.at);
  }
}

function newTable(form: TomlTableForm, source: TomlSource, span: Span): TomlTable {
  return { kind: "table", form, entries: new Map(), source, span };
}
