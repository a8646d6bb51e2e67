/** Lists sessions page by page, newest first. */

import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { SessionMeta, SessionSource, ThreadId } from "@codex-ts/protocol";
import { InvalidCursorError } from "../errors.js";
import { stampSeconds, utcStamp } from "../file-names.js";
import type { RolloutHead } from "./head.js";
import { openHeadIndex } from "./head-index.js";
import { INTERACTIVE_SOURCES, matchesSource, type SourceKind } from "./source-kind.js";
import { creationSeconds, type RolloutFile, walkRollouts } from "./walk.js";

/** What a list shows of a session. */
export interface RolloutSummary {
  id: ThreadId;
  path: string;
  /** The first thing the user asked for. */
  preview: string;
  /** Unix seconds, by the session's first line; by the file's name when that says nothing. */
  createdAt: number;
  /** Unix seconds of the file's last change. */
  updatedAt: number;
  source: SessionSource;
  /** The first line as recorded, without the base instructions. */
  meta: Omit<SessionMeta, "base_instructions">;
}

/** Which sessions, and how many. */
export interface ListRolloutsOptions {
  codexHome: string;
  /** Only archived sessions, instead of only live ones. @default false */
  archived?: boolean;
  /** At least 1. */
  pageSize: number;
  /** Where the page before ended; null or left out for the first page. */
  cursor?: string | null;
  /** @default "created_at" */
  sort?: "created_at" | "updated_at";
  /** Left out or empty: `INTERACTIVE_SOURCES`. `"all"`: every source. */
  sources?: readonly SourceKind[] | "all";
  /** Only sessions of these model providers; empty or left out: all. A session without a recorded one counts as `defaultProvider`'s. */
  providers?: readonly string[];
  defaultProvider?: string;
  /** Only sessions begun in this folder. */
  cwd?: string;
  /** Only sessions that this says yes to; asked of those that fit in every other way. */
  fits?: (session: RolloutSummary) => boolean;
  signal?: AbortSignal;
}

/** One page. */
export interface RolloutPage {
  sessions: RolloutSummary[];
  /** For the next page; null when no further file exists. */
  nextCursor: string | null;
}

/** A file and its place in the order. */
interface Ranked {
  file: RolloutFile;
  /** Unix seconds of what is sorted by. */
  time: number;
}

/** Work between two pauses in which other events of the process get their turn. */
const FILES_PER_BREATH = 500;

/**
 * Lists sessions in which somebody has spoken. Order: time, then id, both descending; a cursor names the last session of
 * the page before, so pages are stable against new sessions.
 * @throws InvalidCursorError; the system's error when the sessions folder is not a folder
 */
export async function listRollouts(options: ListRolloutsOptions): Promise<RolloutPage> {
  const sort = options.sort ?? "created_at";
  const after = options.cursor === undefined || options.cursor === null ? null : parseCursor(options.cursor, sort);
  const ranked = await ranking(walkRollouts(options.codexHome, options.archived ?? false), sort, options.signal);
  const start = after === null ? 0 : firstAfter(ranked, after);
  const index = openHeadIndex(options.codexHome);
  const sessions: RolloutSummary[] = [];
  let at = start;
  for (; at < ranked.length && sessions.length < Math.max(1, options.pageSize); at++) {
    if (at % FILES_PER_BREATH === FILES_PER_BREATH - 1) await pause(options.signal);
    const entry = ranked[at];
    const session = entry && summaryOf(entry.file, (path, size) => index.head(path, size));
    if (session && isWanted(session, options)) sessions.push(session);
  }
  index.save();
  const last = ranked[at - 1];
  return { sessions, nextCursor: at < ranked.length && last ? cursorOf(last, sort) : null };
}

async function ranking(
  files: readonly RolloutFile[],
  sort: "created_at" | "updated_at",
  signal: AbortSignal | undefined,
): Promise<Ranked[]> {
  const ranked: Ranked[] = [];
  for (const [at, file] of files.entries()) {
    if (sort === "created_at") {
      ranked.push({ file, time: file.created });
      continue;
    }
    if (at % FILES_PER_BREATH === FILES_PER_BREATH - 1) await pause(signal);
    const stat = statSync(file.path, { throwIfNoEntry: false });
    if (stat) ranked.push({ file, time: Math.floor(stat.mtimeMs / 1000) });
  }
  return ranked.sort(compareRanked);
}

function compareRanked(a: Ranked, b: Ranked): number {
  if (a.time !== b.time) return b.time - a.time;
  return a.file.id < b.file.id ? 1 : a.file.id > b.file.id ? -1 : 0;
}

async function pause(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}

interface Cursor {
  time: number;
  id: ThreadId;
}

const CURSOR = /^(\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2})\|([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$/;

function parseCursor(text: string, sort: "created_at" | "updated_at"): Cursor {
  const match = CURSOR.exec(text);
  const seconds = match?.[1] === undefined ? null : stampSeconds(match[1]);
  if (!match?.[1] || !match[2] || seconds === null) throw new InvalidCursorError(text);
  return { id: match[2], time: sort === "created_at" ? creationSeconds(match[1], match[2]) : seconds };
}

function cursorOf({ file, time }: Ranked, sort: "created_at" | "updated_at"): string {
  return `${sort === "created_at" ? file.stamp : utcStamp(time)}|${file.id}`;
}

function firstAfter(ranked: readonly Ranked[], after: Cursor): number {
  const at = ranked.findIndex(
    ({ file, time }) => time < after.time || (time === after.time && file.id < after.id.toLowerCase()),
  );
  return at < 0 ? ranked.length : at;
}

/** Null for a file that cannot be read (any more), is none of ours, or in which nobody has spoken. */
function summaryOf(file: RolloutFile, headOf: (path: string, size: number) => RolloutHead): RolloutSummary | null {
  const stat = statSync(file.path, { throwIfNoEntry: false });
  if (!stat?.isFile()) return null;
  let head: RolloutHead;
  try {
    head = headOf(file.path, stat.size);
  } catch {
    // One unreadable file must not hide the others.
    return null;
  }
  if (head.meta === null || !head.used) return null;
  const created = Date.parse(head.meta.timestamp);
  return {
    id: head.meta.id,
    path: file.path,
    preview: head.preview,
    createdAt: Number.isNaN(created) ? file.created : Math.floor(created / 1000),
    updatedAt: Math.floor(stat.mtimeMs / 1000),
    source: head.meta.source ?? "vscode",
    meta: head.meta,
  };
}

function isWanted(session: RolloutSummary, options: ListRolloutsOptions): boolean {
  const { sources = [], providers = [], cwd } = options;
  if (sources !== "all") {
    if (!matchesSource(session.source, sources.length === 0 ? INTERACTIVE_SOURCES : sources)) return false;
  }
  if (providers.length > 0) {
    const provider = session.meta.model_provider ?? options.defaultProvider;
    if (provider === undefined || !providers.includes(provider)) return false;
  }
  if (cwd !== undefined && resolve(session.meta.cwd) !== resolve(cwd)) return false;
  return options.fits?.(session) ?? true;
}
