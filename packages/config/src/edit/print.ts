/** Writes keys and values as TOML. */

import type { Json } from "../toml/nodes.js";

/** A key, quoted where it must be. */
export function printKey(name: string): string {
  return /^[A-Za-z0-9_-]+$/.test(name) ? name : printString(name);
}

/** A dotted key. */
export function printPath(path: readonly string[]): string {
  return path.map(printKey).join(".");
}

/** A value on one line; nulls inside are left out, as TOML has none. */
export function printValue(value: Json): string {
  if (value === null) {
    return '""';
  }
  if (typeof value === "string") {
    return printString(value);
  }
  if (typeof value === "number") {
    return printNumber(value);
  }
  if (typeof value === "boolean") {
    return String(value);
  }
  if (Array.isArray(value)) {
    return `[${value
      .filter((item) => item !== null)
      .map(printValue)
      .join(", ")}]`;
  }
  const datetime = datetimeText(value);
  if (datetime !== null) {
    return datetime;
  }
  const entries = presentEntries(value).map(([key, item]) => `${printKey(key)} = ${printValue(item)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** A table as a section: its header, its values, then its tables as sections of their own. */
export function printSection(path: readonly string[], value: Json, isArrayItem: boolean, newline: string): string {
  const entries = isTableValue(value) ? presentEntries(value) : [];
  const plain = entries.filter(([, item]) => !isTableValue(item));
  const tables = entries.filter(([, item]) => isTableValue(item));
  const lines: string[] = [];
  if (isArrayItem || plain.length > 0 || tables.length === 0) {
    lines.push(isArrayItem ? `[[${printPath(path)}]]` : `[${printPath(path)}]`);
    lines.push(...plain.map(([key, item]) => `${printKey(key)} = ${printValue(item)}`));
  }
  const own = lines.length === 0 ? "" : lines.join(newline) + newline;
  const inner = tables.map(([key, item]) => printSection([...path, key], item, false, newline));
  return [...(own === "" ? [] : [own]), ...inner].join(newline);
}

/** Whether a value is a table (and not a date in its JSON form). */
export function isTableValue(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && datetimeText(value) === null;
}

/** Whether a value is written as `[[sections]]`. */
export function isArrayOfTables(value: Json): value is { [key: string]: Json }[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => isTableValue(item));
}

/** The entries that TOML can hold. */
export function presentEntries(value: { [key: string]: Json }): [string, Json][] {
  return Object.entries(value).filter(([, item]) => item !== null);
}

function datetimeText(value: { [key: string]: Json }): string | null {
  const text = value["$__toml_private_datetime"];
  return typeof text === "string" && Object.keys(value).length === 1 ? text : null;
}

function printNumber(value: number): string {
  if (Number.isFinite(value)) {
    const text = String(value);
    return text.replace(/^(-?\d+)e/, "$1.0e");
  }
  return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

function printString(value: string): string {
  let text = '"';
  for (const character of value) {
    text += SHORT_ESCAPES.get(character) ?? (isPlain(character) ? character : unicodeEscape(character));
  }
  return `${text}"`;
}

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\b", "\\b"],
  ["\f", "\\f"],
]);

function isPlain(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0x20 && code !== 0x7f && !(code >= 0xd800 && code <= 0xdfff);
}

/** Half of a surrogate pair cannot be written at all; the replacement character stands for it. */
function unicodeEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0xd800 && code <= 0xdfff ? "\ufffd" : `\\u${code.toString(16).padStart(4, "0")}`;
}
