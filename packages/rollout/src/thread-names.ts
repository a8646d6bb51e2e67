/**
 * Names that people gave their threads, in `CODEX_HOME/session_index.jsonl`: one line for each time a thread was named,
 * `{"id": …, "thread_name": …, "updated_at": …}`, and the last line of a thread counts. Originals after 0.92 share the file.
 */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ThreadId } from "@codex-ts/protocol";
import { linesFromEnd } from "./lines.js";
import { appendWholeLine } from "./whole-lines.js";

/** A thread cannot be called that; the message says why. */
export class ThreadNameError extends Error {
  override readonly name = "ThreadNameError";
}

/** Which thread, and how it is called from now on. */
export interface NameThreadOptions {
  codexHome: string;
  id: ThreadId;
  name: string;
  now: Date;
}

/**
 * Names a thread. Names need not be unique; that the thread exists is the caller's business.
 * @returns the name as it is kept: on one line, without control characters, blanks around it and lone surrogates
 * @throws ThreadNameError when nothing is left of it; the system's error when the file cannot be written
 */
export function nameThread({ codexHome, id, name, now }: NameThreadOptions): string {
  const kept = keptForm(name);
  if (kept === "") throw new ThreadNameError("a thread's name must not be empty");
  const line = { id: id.toLowerCase(), thread_name: kept, updated_at: now.toISOString() };
  appendWholeLine(fileOf(codexHome), JSON.stringify(line));
  return kept;
}

/** The names of these threads, by the ids as they were given; threads without a name are not in it. */
export function threadNames(codexHome: string, ids: readonly ThreadId[]): Map<ThreadId, string> {
  const wanted = new Map(ids.map((id) => [id.toLowerCase(), id]));
  const names = new Map<ThreadId, string>();
  for (const { id, name } of currentNames(codexHome)) {
    if (wanted.size === 0) break;
    const given = wanted.get(id);
    if (given === undefined) continue;
    wanted.delete(id);
    if (name !== "") names.set(given, name);
  }
  return names;
}

/** The names of all threads, by their ids in lower case. */
export function allThreadNames(codexHome: string): Map<ThreadId, string> {
  return new Map([...currentNames(codexHome)].filter(({ name }) => name !== "").map(({ id, name }) => [id, name]));
}

/** The threads that have exactly this name now, the one that was named last first. They may be archived or deleted. */
export function threadsNamed(codexHome: string, name: string): ThreadId[] {
  const kept = keptForm(name);
  if (kept === "") return [];
  return [...currentNames(codexHome)].filter((entry) => entry.name === kept).map(({ id }) => id);
}

// helpers

/** What a line says. */
interface NameEntry {
  /** In lower case. */
  id: ThreadId;
  /** `""`: the thread has none any more. */
  name: string;
}

function fileOf(codexHome: string): string {
  return join(codexHome, "session_index.jsonl");
}

/** Names are shown in lists and on terminals: one line that does nothing but say the name. */
function keptForm(name: string): string {
  return name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
}

/** Each thread's last entry, the newest first. */
function* currentNames(codexHome: string): Generator<NameEntry> {
  const path = fileOf(codexHome);
  if (!existsSync(path)) return;
  const seen = new Set<ThreadId>();
  for (const line of linesFromEnd(path)) {
    const entry = parseEntry(line);
    if (entry === null || seen.has(entry.id)) continue;
    seen.add(entry.id);
    yield entry;
  }
}

function parseEntry(line: string): NameEntry | null {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null || !("id" in value && "thread_name" in value)) return null;
    const { id, thread_name: name } = value;
    return typeof id === "string" && typeof name === "string" ? { id: id.toLowerCase(), name: keptForm(name) } : null;
  } catch {
    // A bad line names nothing; the others are fine.
    return null;
  }
}
