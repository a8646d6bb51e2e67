/** Random trees and patches from a seed. Most chunks are made from a file's own lines, so that many patches fit. */

import type { Chunk, ChunkLine, PatchSection } from "../../src/index.js";
import { applyToModel, foldersAbove, type ModelTree } from "./model.js";

const WORDS = [
  "a",
  "b",
  "",
  "  a",
  "a ",
  "\tb",
  "x—y",
  "x-y",
  "“q”",
  '"q"',
  "n\u00a0m",
  "n m",
  "+",
  "-",
  "*** End",
  "@@ a",
  "}",
];
const PATHS = ["a", "b", "d/x", "d/y", "d", "e/f/g", "e/f", "a/b"];

export interface RandomCase {
  readonly tree: ModelTree;
  readonly sections: readonly PatchSection[];
  readonly patch: string;
}

/** The case of a seed; always the same one. */
export function randomCase(seed: number): RandomCase {
  const random = generator(seed);
  const tree = randomTree(random);
  const sections: PatchSection[] = [];
  let now: ModelTree = tree;
  for (let count = 1 + random.below(4); count > 0; count--) {
    const section = randomSection(random, now);
    sections.push(section);
    now = applyToModel(now, [section]) ?? now;
  }
  return { tree, sections, patch: render(sections, random) };
}

interface Random {
  below(limit: number): number;
  chance(percent: number): boolean;
  pick<T>(items: readonly T[]): T;
}

/** A small generator (mulberry32): the cases must not change with a library. */
function generator(seed: number): Random {
  let state = seed >>> 0;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return {
    below,
    chance: (percent) => below(100) < percent,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
  };
}

function randomTree(random: Random): ModelTree {
  const tree: ModelTree = { files: new Map(), folders: new Set() };
  for (const path of PATHS) {
    const isFree = !tree.folders.has(path) && !foldersAbove(path).some((folder) => tree.files.has(folder));
    if (!isFree || !random.chance(55)) continue;
    for (const folder of foldersAbove(path)) tree.folders.add(folder);
    tree.files.set(path, randomText(random));
  }
  return tree;
}

function randomText(random: Random): string {
  const ending = random.chance(25) ? "\r\n" : "\n";
  const lines = Array.from({ length: random.below(9) }, () => random.pick(WORDS));
  return lines.length === 0 ? "" : lines.join(ending) + (random.chance(80) ? ending : "");
}

function randomSection(random: Random, tree: ModelTree): PatchSection {
  const known = [...tree.files.keys()];
  const path = known.length > 0 && random.chance(85) ? random.pick(known) : random.pick(PATHS);
  if (random.chance(20)) {
    const lines = Array.from({ length: random.below(3) }, () => `${random.pick(WORDS)}\n`);
    return { kind: "add", path: random.pick(PATHS), content: lines.join("") };
  }
  if (random.chance(12)) return { kind: "delete", path };
  const movePath = random.chance(15) ? random.pick(PATHS) : null;
  return { kind: "update", path, movePath, chunks: randomChunks(random, tree.files.get(path) ?? "") };
}

function randomChunks(random: Random, text: string): Chunk[] {
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  const chunks: Chunk[] = [];
  let at = 0;
  do {
    at += random.below(3);
    const contexts = random.chance(20) ? [random.pick(lines)] : [];
    const body: ChunkLine[] = [];
    for (let count = random.below(4); count > 0 && at < lines.length; count--) {
      const line = disturbed(random, lines[at++] ?? "");
      body.push({ kind: random.chance(60) ? "keep" : "remove", text: line });
      if (random.chance(40)) body.push({ kind: "insert", text: random.pick(WORDS) });
    }
    if (body.length === 0 || random.chance(10)) body.push({ kind: "insert", text: random.pick(WORDS) });
    if (random.chance(10)) body.push({ kind: random.chance(50) ? "keep" : "remove", text: "" });
    chunks.push({ contexts, lines: body, atEnd: at >= lines.length && random.chance(40) });
  } while (random.chance(35));
  return chunks;
}

/** A line as a model may misremember it. */
function disturbed(random: Random, line: string): string {
  if (random.chance(88)) return line;
  return random.pick([`${line} `, ` ${line}`, line.trim(), line.replace("—", "-"), random.pick(WORDS)]);
}

function render(sections: readonly PatchSection[], random: Random): string {
  const lines = ["*** Begin Patch", ...sections.flatMap((section) => renderSection(section, random)), "*** End Patch"];
  return lines.join(random.chance(15) ? "\r\n" : "\n");
}

function renderSection(section: PatchSection, random: Random): string[] {
  switch (section.kind) {
    case "add":
      return [
        `*** Add File: ${section.path}`,
        ...section.content
          .split("\n")
          .slice(0, -1)
          .map((line) => `+${line}`),
      ];
    case "delete":
      return [`*** Delete File: ${section.path}`];
    case "update":
      return [
        `*** Update File: ${section.path}`,
        ...(section.movePath === null ? [] : [`*** Move to: ${section.movePath}`]),
        ...section.chunks.flatMap((chunk) => renderChunk(chunk, random)),
      ];
  }
}

const MARKS = { keep: " ", remove: "-", insert: "+" } as const;

function renderChunk(chunk: Chunk, random: Random): string[] {
  return [
    ...(chunk.contexts.length === 0 ? ["@@"] : chunk.contexts.map((context) => `@@ ${context}`)),
    ...chunk.lines.map((line) =>
      line.kind === "keep" && line.text === "" && random.chance(50) ? "" : MARKS[line.kind] + line.text,
    ),
    ...(chunk.atEnd ? ["*** End of File"] : []),
  ];
}
