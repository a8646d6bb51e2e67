/** Reads one TOML scalar or key at a cursor. */

import { TomlSyntaxError, type Span, type TomlSource, type TomlValue } from "./nodes.js";

/** A reading position in a text. */
export interface Cursor {
  readonly source: TomlSource;
  readonly text: string;
  at: number;
}

/** A part of a (dotted) key. */
export interface KeyPart {
  readonly name: string;
  readonly span: Span;
}

/** Reads `a."b".c`, with white space around the dots. */
export function readKey(cursor: Cursor): KeyPart[] {
  const parts = [readKeyPart(cursor)];
  for (;;) {
    const end = cursor.at;
    skipBlanks(cursor);
    if (cursor.text[cursor.at] !== ".") {
      cursor.at = end;
      return parts;
    }
    cursor.at++;
    skipBlanks(cursor);
    parts.push(readKeyPart(cursor));
  }
}

/** Reads a string, number, boolean or date. */
export function readScalar(cursor: Cursor): TomlValue {
  const { source, text, at: start } = cursor;
  const first = text[start];
  if (first === '"' || first === "'") {
    const value = readString(cursor);
    return { kind: "string", value, source, span: { start, end: cursor.at } };
  }
  return readBareScalar(cursor);
}

/** Skips spaces and tabs. */
export function skipBlanks(cursor: Cursor): void {
  const { text } = cursor;
  while (text[cursor.at] === " " || text[cursor.at] === "\t") {
    cursor.at++;
  }
}

// keys

const BARE_KEY = /[A-Za-z0-9_-]+/y;

function readKeyPart(cursor: Cursor): KeyPart {
  const { text, source, at: start } = cursor;
  const first = text[start];
  if (first === '"' || first === "'") {
    if (text.startsWith(first.repeat(3), start)) {
      throw new TomlSyntaxError(
        "a key cannot be a multi-line string, expected a quoted key on one line",
        source,
        start,
      );
    }
    const name = readString(cursor);
    return { name, span: { start, end: cursor.at } };
  }
  BARE_KEY.lastIndex = start;
  const name = BARE_KEY.exec(text)?.[0];
  if (name === undefined) {
    throw new TomlSyntaxError("unquoted keys cannot be empty, expected letters, numbers, `-`, `_`", source, start);
  }
  cursor.at = start + name.length;
  return { name, span: { start, end: cursor.at } };
}

// strings

function readString(cursor: Cursor): string {
  const quote = cursor.text[cursor.at] === '"' ? '"' : "'";
  if (cursor.text.startsWith(quote.repeat(3), cursor.at)) {
    return readMultiLine(cursor, quote);
  }
  const { text, source } = cursor;
  const what = quote === '"' ? "basic" : "literal";
  const start = ++cursor.at;
  let value = "";
  let chunk = start;
  for (;;) {
    const code = text.charCodeAt(cursor.at);
    if (cursor.at >= text.length || code === 0x0a || code === 0x0d) {
      throw new TomlSyntaxError(`invalid ${what} string, expected \`${quote}\``, source, cursor.at);
    }
    if (text[cursor.at] === quote) {
      value += text.slice(chunk, cursor.at++);
      return value;
    }
    if (code === 0x5c && quote === '"') {
      value += text.slice(chunk, cursor.at) + readEscape(cursor);
      chunk = cursor.at;
      continue;
    }
    if (isControl(code)) {
      throw new TomlSyntaxError(unprintable(what), source, cursor.at);
    }
    cursor.at++;
  }
}

function readMultiLine(cursor: Cursor, quote: '"' | "'"): string {
  const { text, source } = cursor;
  const what = quote === '"' ? "multi-line basic" : "multi-line literal";
  const fence = quote.repeat(3);
  cursor.at += 3;
  cursor.at += newlineLength(text, cursor.at);
  let value = "";
  let chunk = cursor.at;
  for (;;) {
    if (cursor.at >= text.length) {
      throw new TomlSyntaxError(`invalid ${what} string, expected \`${quote}\``, source, cursor.at);
    }
    const code = text.charCodeAt(cursor.at);
    if (text[cursor.at] === quote && text.startsWith(fence, cursor.at)) {
      // Up to two quotes may stand directly before the closing three.
      let close = cursor.at;
      while (close - cursor.at < 2 && text[close + 3] === quote) {
        close++;
      }
      value += text.slice(chunk, close);
      cursor.at = close + 3;
      return value;
    }
    if (code === 0x5c && quote === '"') {
      value += text.slice(chunk, cursor.at);
      LINE_CONTINUATION.lastIndex = cursor.at;
      const continuation = LINE_CONTINUATION.exec(text)?.[0];
      if (continuation === undefined) {
        value += readEscape(cursor);
      } else {
        cursor.at += continuation.length;
      }
      chunk = cursor.at;
      continue;
    }
    const newline = newlineLength(text, cursor.at);
    if (newline === 0 && isControl(code)) {
      throw new TomlSyntaxError(unprintable(what), source, cursor.at);
    }
    cursor.at += newline || 1;
  }
}

/** A backslash at the end of a line swallows the line end and all white space after it. */
const LINE_CONTINUATION = /\\[ \t]*\r?\n(?:[ \t]|\r?\n)*/y;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["b", "\b"],
  ["e", "\u001b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ['"', '"'],
  ["\\", "\\"],
]);
const HEX_ESCAPES: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

function readEscape(cursor: Cursor): string {
  const { text, source } = cursor;
  const letter = text[cursor.at + 1] ?? "";
  const plain = ESCAPES.get(letter);
  if (plain !== undefined) {
    cursor.at += 2;
    return plain;
  }
  const digits = HEX_ESCAPES.get(letter);
  if (digits === undefined) {
    const expected = 'missing escaped value, expected `b`, `e`, `f`, `n`, `r`, `\\`, `"`, `x`, `u`, `U`';
    throw new TomlSyntaxError(expected, source, cursor.at + 1);
  }
  const start = cursor.at + 2;
  const hex = /^[0-9A-Fa-f]*/.exec(text.slice(start, start + digits))?.[0] ?? "";
  if (hex.length < digits) {
    throw new TomlSyntaxError(
      "too few unicode value digits, expected unicode hexadecimal value",
      source,
      start + hex.length,
    );
  }
  const code = Number.parseInt(hex, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    throw new TomlSyntaxError("invalid value, expected unicode hexadecimal value", source, start, start + digits);
  }
  cursor.at = start + digits;
  return String.fromCodePoint(code);
}

/** Length of the line end at an offset: 0, 1 or 2. */
export function newlineLength(text: string, at: number): number {
  if (text[at] === "\n") {
    return 1;
  }
  return text[at] === "\r" && text[at + 1] === "\n" ? 2 : 0;
}

/** Whether a character may not stand in a string or comment (a tab may). */
export function isControl(code: number): boolean {
  return (code < 0x20 && code !== 0x09) || code === 0x7f;
}

function unprintable(what: string): string {
  return what.endsWith("basic")
    ? `invalid ${what} string, expected non-double-quote visible characters, \`\\\``
    : `invalid ${what} string, expected printable characters`;
}

// numbers, booleans, dates

const BARE_VALUE = /\d{4}-\d{2}-\d{2} \d{2}:[0-9:.+Zz-]+|[A-Za-z0-9_+.:-]+/y;
const DECIMAL = /^[+-]?(?:0|[1-9](?:_?[0-9])*)$/;
const PREFIXED = /^0(?:x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|o[0-7](?:_?[0-7])*|b[01](?:_?[01])*)$/;
const FLOAT = /^[+-]?(?:0|[1-9](?:_?[0-9])*)(?:\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?$/;
const SPECIAL_FLOAT = /^([+-]?)(inf|nan)$/;
const DATETIME =
  /^(?:(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:\d{2})?)?|(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)$/;

function readBareScalar(cursor: Cursor): TomlValue {
  const { source, text, at: start } = cursor;
  BARE_VALUE.lastIndex = start;
  const word = BARE_VALUE.exec(text)?.[0] ?? "";
  const end = start + word.length;
  const span = { start, end };
  cursor.at = end;
  if (word === "true" || word === "false") {
    return { kind: "boolean", value: word === "true", source, span };
  }
  if (DECIMAL.test(word) || PREFIXED.test(word)) {
    return { kind: "integer", value: integer(word, source, span), source, span };
  }
  if (FLOAT.test(word)) {
    return { kind: "float", value: Number(word.replaceAll("_", "")), source, span };
  }
  const special = SPECIAL_FLOAT.exec(word);
  if (special !== null) {
    const magnitude = special[2] === "inf" ? Number.POSITIVE_INFINITY : Number.NaN;
    return { kind: "float", value: special[1] === "-" ? -magnitude : magnitude, source, span };
  }
  const date = DATETIME.exec(word);
  if (date !== null) {
    checkDate(date, source, span);
    return { kind: "datetime", value: word, source, span };
  }
  throw new TomlSyntaxError(...badScalar(word, source, start));
}

function integer(word: string, source: TomlSource, span: Span): number | bigint {
  const digits = word.replaceAll("_", "").replace(/^\+/, "");
  const big = digits.startsWith("-") ? -BigInt(digits.slice(1)) : BigInt(digits);
  if (big < -(2n ** 63n) || big >= 2n ** 63n) {
    const message = `integer \`${digits}\` is too large, expected a whole number of at most 64 bits`;
    throw new TomlSyntaxError(message, source, span.start, span.end);
  }
  const small = Number(big);
  return Number.isSafeInteger(small) ? small : big;
}

function checkDate(match: RegExpExecArray, source: TomlSource, span: Span): void {
  const number = (group: number): number => Number(match[group] ?? Number.NaN);
  const fail = (message: string): never => {
    throw new TomlSyntaxError(message, source, span.start, span.end);
  };
  if (number(2) < 1 || number(2) > 12) {
    fail("invalid date, expected month between 01 and 12");
  }
  if (number(3) < 1 || number(3) > daysInMonth(number(1), number(2))) {
    fail("invalid date, expected a day that the month has");
  }
  for (const [hour, minute, second] of [[4, 5, 6] as const, [7, 8, 9] as const]) {
    if (number(hour) > 23 || number(minute) > 59 || number(second) > 60) {
      fail("invalid time, expected hours up to 23, minutes up to 59, seconds up to 60");
    }
  }
}

function daysInMonth(year: number, month: number): number {
  const date = new Date(Date.UTC(2000, month, 0));
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}

/** Says what is wrong with a word that is no value, as precisely as its shape allows. */
function badScalar(word: string, source: TomlSource, start: number): [string, TomlSource, number, number] {
  const end = start + word.length;
  const at = (message: string, offset: number): [string, TomlSource, number, number] => [
    message,
    source,
    start + offset,
    Math.max(start + offset + 1, end),
  ];
  const misplaced = /_(?=_|$|[^0-9A-Fa-f])|(?<=[^0-9A-Fa-f])_/.exec(word);
  if (/^[+-]?[0-9]/.test(word)) {
    if (/^[+-]?0[0-9_]/.test(word)) {
      return at("unexpected leading zero, expected nothing", 0);
    }
    if (misplaced !== null) {
      return at("`_` may only go between digits", misplaced.index + (word[misplaced.index + 1] === "_" ? 1 : 0));
    }
    const dot = word.indexOf(".");
    if (dot >= 0 && !/[0-9]/.test(word[dot + 1] ?? "")) {
      return at("invalid fraction, expected digits", dot + 1);
    }
  }
  if (/^[+-]?\.[0-9]/.test(word)) {
    return at("invalid mantissa, expected digits", 0);
  }
  if (/^(?:t|tr|tru)$/.test(word)) {
    return at("invalid boolean, expected `true`", 0);
  }
  if (/^(?:f|fa|fal|fals)$/.test(word)) {
    return at("invalid boolean, expected `false`", 0);
  }
  return at("string values must be quoted, expected literal string", 0);
}
