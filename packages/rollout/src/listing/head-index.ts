/** Remembers the heads of session files, so that a filtered list need not open thousands of them. Can be thrown away. */

import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { readHead, type RolloutHead } from "./head.js";

/** A head and the file's size when it was read: session files only grow. */
interface Remembered {
  head: RolloutHead;
  size: number;
}

/** A listing that opened fewer files than this leaves the index alone: reading it would cost more. */
const WORTH_INDEXING = 64;
/** Heads with longer previews are read from their files again. In characters. */
const MAX_PREVIEW = 4_096;
/** The index is written anew when it holds this many times the lines it needs. */
const MAX_GROWTH = 2;
/** The number is that of the form and meaning of heads: another one's index is made anew. */
const HEADER = '{"sessionHeads":2}';

/** Heads for one listing. */
export interface HeadIndex {
  /** The head of a file with this many bytes now. @throws the system's error when it cannot be read */
  head(path: string, size: number): RolloutHead;
  /** Stores what was learnt. */
  save(): void;
}

/** An index kept in `CODEX_HOME/cache`; it is read when the listing turns out to be a long one. */
export function openHeadIndex(codexHome: string): HeadIndex {
  const file = join(codexHome, "cache", "session-heads.jsonl");
  let known: Map<string, Remembered> | null = null;
  let linesOnDisk = 0;
  let opened = 0;
  const fresh = new Map<string, Remembered>();

  function head(path: string, size: number): RolloutHead {
    const name = basename(path);
    if (known === null && opened >= WORTH_INDEXING) ({ known, linesOnDisk } = load(file));
    const remembered = known?.get(name);
    if (remembered && isCurrent(remembered, size)) return remembered.head;
    opened++;
    const read = readHead(path);
    fresh.set(name, { head: read, size });
    return read;
  }

  function save(): void {
    if (known === null || fresh.size < WORTH_INDEXING) return;
    const added = [...fresh].filter(([, { head }]) => head.preview.length <= MAX_PREVIEW);
    for (const [name, remembered] of added) known.set(name, remembered);
    const rewrite = linesOnDisk === 0 || linesOnDisk + added.length > known.size * MAX_GROWTH;
    try {
      store(file, rewrite ? [...known] : added, rewrite);
    } catch {
      // Without an index lists are slower and nothing else; the next one tries again.
    }
    fresh.clear();
  }

  return { head, save };
}

/** A session in which somebody spoke keeps its head; another one may have been spoken in since it was read. */
function isCurrent(remembered: Remembered, size: number): boolean {
  return remembered.head.used ? size >= remembered.size : size === remembered.size;
}

function load(file: string): { known: Map<string, Remembered>; linesOnDisk: number } {
  const known = new Map<string, Remembered>();
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    // Thrown away or never made: it is made again.
    return { known, linesOnDisk: 0 };
  }
  const lines = text.split("\n");
  if (lines[0] !== HEADER) return { known, linesOnDisk: 0 };
  for (let at = 1; at < lines.length; at++) {
    const entry = parseEntry(lines[at] ?? "");
    if (entry !== null) known.set(entry[0], entry[1]);
  }
  return { known, linesOnDisk: lines.length };
}

function parseEntry(line: string): [string, Remembered] | null {
  try {
    const value: unknown = JSON.parse(line);
    if (!Array.isArray(value) || value.length !== 3) return null;
    const [name, size, head]: unknown[] = value;
    if (typeof name !== "string" || typeof size !== "number" || !isHead(head)) return null;
    return [name, { size, head }];
  } catch {
    // Cut off while being written: the head is read again.
    return null;
  }
}

/** The index is our own output; this only keeps a damaged line out. */
function isHead(value: unknown): value is RolloutHead {
  if (typeof value !== "object" || value === null) return false;
  if (!("meta" in value && "used" in value && "preview" in value)) return false;
  return typeof value.meta === "object" && typeof value.used === "boolean" && typeof value.preview === "string";
}

function store(file: string, entries: readonly [string, Remembered][], rewrite: boolean): void {
  const text = entries.map(([name, { size, head }]) => `${JSON.stringify([name, size, head])}\n`).join("");
  if (!rewrite) {
    appendFileSync(file, text, { mode: 0o600 });
    return;
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, `${HEADER}\n${text}`, { mode: 0o600 });
  renameSync(temporary, file);
}
