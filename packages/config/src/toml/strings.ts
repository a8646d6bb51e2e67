/** Reads TOML's four kinds of strings. */

import { isControl, newlineLength, type Cursor } from "./cursor.js";
import { TomlSyntaxError } from "./nodes.js";

/** Reads a string of any kind; the cursor stands on its first quote. */
export function readString(cursor: Cursor): string {
  const { text, at: open } = cursor;
  const quote = text.charCodeAt(open);
  if (text.charCodeAt(open + 1) === quote && text.charCodeAt(open + 2) === quote) {
    return readMultiLine(cursor, quote === BASIC ? '"' : "'");
  }
  // Nearly all strings are plain from quote to quote.
  for (let at = open + 1; ; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      cursor.at = at + 1;
      return text.slice(open + 1, at);
    }
    const isPlain = code >= 0x20 && code !== 0x5c && code !== 0x7f;
    if (!isPlain) {
      return readOneLine(cursor, quote === BASIC ? '"' : "'");
    }
  }
}

const BASIC = 0x22;

function readOneLine(cursor: Cursor, quote: '"' | "'"): string {
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

function unprintable(what: string): string {
  return what.endsWith("basic")
    ? `invalid ${what} string, expected non-double-quote visible characters, \`\\\``
    : `invalid ${what} string, expected printable characters`;
}
