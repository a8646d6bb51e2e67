/** Where things stand in a TOML text: which lines belong to which path. Pure. */

import type { Span, TomlDocument, TomlEntry, TomlStatement, TomlTable, TomlValue } from "../toml/nodes.js";

/** A path into a document; numbers are indexes into arrays. */
export type NodePath = readonly (string | number)[];

/** A statement with the path of the value or table it makes. */
export interface PlacedStatement {
  readonly statement: TomlStatement;
  readonly path: NodePath;
}

/** The statements of a document with their paths, in order. */
export function placeStatements(document: TomlDocument): PlacedStatement[] {
  const paths = new Map<TomlTable, NodePath>();
  collectPaths(document.root, [], paths);
  return document.statements.map((statement) => {
    if (statement.kind === "header") {
      return { statement, path: paths.get(statement.table) ?? statement.path };
    }
    return { statement, path: [...(paths.get(statement.section) ?? []), ...statement.path] };
  });
}

/** The value at a path; undefined when there is none. */
export function valueAt(root: TomlTable, path: NodePath): TomlValue | undefined {
  let value: TomlValue | undefined = root;
  for (const part of path) {
    value = childOf(value, part);
  }
  return value;
}

/** The entry at a path of names; undefined for items of arrays and for what does not exist. */
export function entryAt(root: TomlTable, path: NodePath): TomlEntry | undefined {
  const parent = valueAt(root, path.slice(0, -1));
  const last = path[path.length - 1];
  return parent?.kind === "table" && typeof last === "string" ? parent.entries.get(last) : undefined;
}

/** Whether `path` is `prefix` or lies below it. */
export function startsWith(path: NodePath, prefix: NodePath): boolean {
  return prefix.every((part, index) => path[index] === part);
}

/** The names in a path, as a header has them. */
export function namesOf(path: NodePath): string[] {
  return path.filter((part) => typeof part === "string");
}

/** The lines that a span touches, with the line end of the last one. */
export function wholeLines(text: string, span: Span): Span {
  const start = text.lastIndexOf("\n", span.start - 1) + 1;
  const newline = text.indexOf("\n", span.end);
  return { start, end: newline < 0 ? text.length : newline + 1 };
}

/** Where the comment lines directly above a line begin; the line itself when there are none. */
export function attachedCommentStart(text: string, lineStart: number): number {
  let start = lineStart;
  while (start > 0) {
    const previous = text.lastIndexOf("\n", start - 2) + 1;
    if (!/^[ \t]*#/.test(text.slice(previous, start))) {
      break;
    }
    start = previous;
  }
  return start;
}

/**
 * Where the section ends whose last statement ends at `from`: comment lines up to the first blank line belong to it,
 * unless they run on to the next header at `limit`.
 */
export function endOfSection(text: string, from: number, limit: number): number {
  let end = from;
  while (end < limit) {
    const newline = text.indexOf("\n", end);
    const next = newline < 0 ? text.length : newline + 1;
    if (text.slice(end, next).trim() === "") {
      return end;
    }
    end = next;
  }
  return limit === text.length ? limit : from;
}

/** Whether a table was written between braces of its own, not by dotted keys. */
export function hasBraces(table: TomlTable): boolean {
  return table.form === "inline" && table.source.text[table.span.start] === "{";
}

/** The line end that the text uses. */
export function newlineOf(text: string): string {
  const first = text.indexOf("\n");
  return first > 0 && text[first - 1] === "\r" ? "\r\n" : "\n";
}

function collectPaths(table: TomlTable, path: NodePath, paths: Map<TomlTable, NodePath>): void {
  paths.set(table, path);
  for (const [key, { value }] of table.entries) {
    if (value.kind === "table") {
      collectPaths(value, [...path, key], paths);
    } else if (value.kind === "array") {
      for (const [index, item] of value.items.entries()) {
        if (item.kind === "table") {
          collectPaths(item, [...path, key, index], paths);
        }
      }
    }
  }
}

function childOf(value: TomlValue | undefined, part: string | number): TomlValue | undefined {
  if (value?.kind === "table" && typeof part === "string") {
    return value.entries.get(part)?.value;
  }
  return value?.kind === "array" && typeof part === "number" ? value.items[part] : undefined;
}
