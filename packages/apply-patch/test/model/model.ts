/** What a patch does, in the simplest words: files as strings in a map, every search from the start, nothing fast. */

import type { Chunk, PatchSection } from "../../src/index.js";

/** Files by path, and the folders that exist (folders stay when their last file goes). */
export interface ModelTree {
  readonly files: Map<string, string>;
  readonly folders: Set<string>;
}

/** The tree after all sections, or null when one of them does not fit: then nothing has happened. */
export function applyToModel(before: ModelTree, sections: readonly PatchSection[]): ModelTree | null {
  const tree: ModelTree = { files: new Map(before.files), folders: new Set(before.folders) };
  return sections.every((section) => applySection(tree, section)) ? tree : null;
}

/** The folders above a path. */
export function foldersAbove(path: string): string[] {
  const names = path.split("/").slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}

function applySection({ files, folders }: ModelTree, section: PatchSection): boolean {
  const write = (path: string, text: string): boolean => {
    if (folders.has(path) || foldersAbove(path).some((folder) => files.has(folder))) return false;
    for (const folder of foldersAbove(path)) folders.add(folder);
    files.set(path, text);
    return true;
  };
  switch (section.kind) {
    case "add":
      return write(section.path, section.content);
    case "delete":
      return files.delete(section.path);
    case "update": {
      const text = files.get(section.path);
      const updated = text === undefined ? null : updateModel(text, section.chunks);
      if (updated === null) return false;
      const target = section.movePath ?? section.path;
      if (!write(target, updated)) return false;
      if (target !== section.path) files.delete(section.path);
      return true;
    }
  }
}

function updateModel(text: string, chunks: readonly Chunk[]): string | null {
  const ending = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const removed = new Set<number>();
  const inserted = Array.from({ length: lines.length + 1 }, (): string[] => []);
  let changed = 0;
  let cursor = 0;
  for (const chunk of chunks) {
    for (const context of chunk.contexts) {
      const found = find(lines, [context], cursor);
      if (found === null) return null;
      cursor = found + 1;
    }
    let body = [...chunk.lines];
    const old = () => body.filter((line) => line.kind !== "insert").map((line) => line.text);
    let at: number | null = null;
    if (old().length === 0) {
      const end = /^\r?\n$/.test(lines.at(-1) ?? "") ? lines.length - 1 : lines.length;
      at = chunk.contexts.length === 0 || chunk.atEnd ? end : cursor;
      inserted[at]?.push(...body.map((line) => line.text));
      continue;
    }
    for (const attempt of ["whole", "without its last blank line"]) {
      if (attempt !== "whole") {
        const shortened = withoutLastBlank(body);
        if (shortened === null) return null;
        body = shortened;
      }
      const last = lines.length - old().length;
      if (chunk.atEnd && last >= changed && matches(lines, old(), last)) at = last;
      at ??= find(lines, old(), cursor);
      if (at !== null) break;
    }
    if (at === null) return null;
    let position = at;
    let run = at; // insertions stand where the run of removals around them starts
    for (const line of body) {
      if (line.kind === "insert") inserted[run]?.push(line.text);
      else {
        if (line.kind === "remove") removed.add(position);
        position++;
        if (line.kind === "keep") run = position;
      }
    }
    changed = position;
    cursor = position;
  }
  return write(lines, removed, inserted, ending);
}

function withoutLastBlank(body: readonly Chunk["lines"][number][]): Chunk["lines"][number][] | null {
  const olds = body.filter((line) => line.kind !== "insert");
  const blank = olds.at(-1);
  if (blank === undefined || blank.text !== "") return null;
  const rest = body.flatMap((line) => {
    if (line !== blank) return [line];
    return line.kind === "keep" ? [{ kind: "insert" as const, text: "" }] : [];
  });
  const lastNew = rest.filter((line) => line.kind !== "remove").at(-1);
  return lastNew?.kind === "insert" && lastNew.text === "" ? rest.filter((line) => line !== lastNew) : rest;
}

const WAYS: readonly ((line: string) => string)[] = [
  (line) => line.replace(/\n$/, ""),
  (line) => line.replace(/\r?\n$/, ""),
  (line) => line.trimEnd(),
  (line) => line.trim(),
  (line) => line.trim().replaceAll("—", "-").replaceAll("\u00a0", " ").replaceAll("“", '"').replaceAll("”", '"'),
];

function find(lines: readonly string[], block: readonly string[], from: number): number | null {
  if (block.length === 0) return from;
  for (const way of WAYS) {
    for (let at = from; at + block.length <= lines.length; at++) {
      if (block.every((line, index) => way(lines[at + index] ?? "") === way(line))) return at;
    }
  }
  return null;
}

function matches(lines: readonly string[], block: readonly string[], at: number): boolean {
  return WAYS.some((way) => block.every((line, index) => way(lines[at + index] ?? "") === way(line)));
}

function write(lines: readonly string[], removed: Set<number>, inserted: readonly string[][], ending: string): string {
  let text = "";
  for (let line = 0; line <= lines.length; line++) {
    for (const added of inserted[line] ?? []) {
      if (text !== "" && !text.endsWith("\n")) text += ending;
      text += added + ending;
    }
    if (line < lines.length && !removed.has(line)) text += lines[line];
  }
  return text;
}
