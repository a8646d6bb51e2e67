/** Reads one TOML scalar or key at a cursor. */

import { TomlSyntaxError, type Span, type TomlSource, type TomlValue } from "./nodes.js";
import { readString } from "./strings.js";
import { skipBlanks, type Cursor } from "./cursor.js";

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

// keys

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
  let end = start;
  while (isBareKeyCharacter(text.charCodeAt(end))) {
    end++;
  }
  if (end === start) {
    throw new TomlSyntaxError("unquoted keys cannot be empty, expected letters, numbers, `-`, `_`", source, start);
  }
  cursor.at = end;
  return { name: text.slice(start, end), span: { start, end } };
}

/** Letters, digits, `-` and `_`. By code, not by a regular expression: compiling one costs more than a whole file. */
function isBareKeyCharacter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x2d
  );
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
  const usual = readUsual(cursor);
  if (usual !== null) {
    return usual;
  }
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

/** The bare values that nearly all are, read without regular expressions: true, false and short whole numbers. */
function readUsual(cursor: Cursor): TomlValue | null {
  const { source, text, at: start } = cursor;
  let end = start;
  while (isBareKeyCharacter(text.charCodeAt(end))) {
    end++;
  }
  const after = text[end];
  const word = text.slice(start, end);
  if (after === "." || after === ":" || after === "+" || word.length > 15) {
    return null;
  }
  const span = { start, end };
  if (word === "true" || word === "false") {
    cursor.at = end;
    return { kind: "boolean", value: word === "true", source, span };
  }
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39 || (code === 0x30 && at === start && end > start + 1)) {
      return null;
    }
  }
  if (word === "") {
    return null;
  }
  cursor.at = end;
  return { kind: "integer", value: Number(word), source, span };
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
