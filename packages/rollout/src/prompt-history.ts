/** The prompts a person sent, in `CODEX_HOME/history.jsonl`, shared by all interactive sessions. */

import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readFileSync, readSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ThreadId } from "@codex-ts/protocol";
import { codeOf } from "./errors.js";
import { type LockHolder, tryLock } from "./process-lock.js";
import { appendWholeLine } from "./whole-lines.js";

/** A line of the history file. */
export interface PromptHistoryEntry {
  session_id: ThreadId;
  /** Unix seconds. */
  ts: number;
  text: string;
}

/** Which history file it is and how many lines it has. */
export interface PromptHistoryInfo {
  /** Stands for the file's first line; changes when the oldest prompts go, so that old offsets find nothing. 0: no file, an empty one, or not looked into. */
  logId: number;
  entryCount: number;
}

/** The history is being written by somebody else and did not become free within a second. */
export class PromptHistoryBusyError extends Error {
  override readonly name = "PromptHistoryBusyError";
  constructor(path: string, holder: LockHolder) {
    super(`${path} is locked by process ${holder.pid}; the prompt was not added to the history.`);
  }
}

/** The history file of one Codex home. */
export interface PromptHistory {
  /** Adds a prompt. With `maxBytes` > 0 the oldest lines go when the file is larger; the newest always stays. */
  append(entry: PromptHistoryEntry, maxBytes?: number): Promise<void>;
  /** Every thread begins with it: a file that would take more than a few milliseconds is not looked into. */
  info(): PromptHistoryInfo;
  /** The entry on a line (from 0) of the file with this id; null when it is another file or a bad line. */
  entry(logId: number, offset: number): PromptHistoryEntry | null;
}

/** Bytes in which lines are counted: some 70,000 prompts, in 4 ms. */
const MAX_COUNTED_BYTES = 8 << 20;

const LOCK_TRIES = 10;
const LOCK_PAUSE_MS = 100;
/** What is left after trimming, as a part of `maxBytes`: the next prompts should not trim again at once. */
const KEPT_SHARE = 0.8;
/** The thread, the time and the first words: enough to tell first lines apart. */
const TELLING_BYTES = 512;
const NEWLINE = 0x0a;

/** Opens nothing yet; the file is made with the first prompt. */
export function promptHistory(codexHome: string): PromptHistory {
  const path = join(codexHome, "history.jsonl");
  /** Where the lines begin, as far as the file was read. */
  let starts = { logId: 0, offsets: [0], indexed: 0 };

  async function append(entry: PromptHistoryEntry, maxBytes = 0): Promise<void> {
    const lock = await locked(path);
    try {
      const line = JSON.stringify(entry);
      const size = appendWholeLine(path, line);
      if (maxBytes > 0 && size > maxBytes) trim(path, Math.max(maxBytes * KEPT_SHARE, Buffer.byteLength(line) + 1));
    } finally {
      lock.release();
    }
  }

  function info(): PromptHistoryInfo {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile() || stat.size > MAX_COUNTED_BYTES) return { logId: 0, entryCount: 0 };
    const fd = openSync(path, "r");
    try {
      index(fd);
    } finally {
      closeSync(fd);
    }
    return { logId: starts.logId, entryCount: starts.offsets.length - 1 };
  }

  function entry(logId: number, offset: number): PromptHistoryEntry | null {
    let fd: number;
    try {
      fd = openSync(path, "r");
    } catch (error) {
      if (codeOf(error) === "ENOENT") return null;
      throw error;
    }
    try {
      index(fd);
      if (logId !== 0 && logId !== starts.logId) return null;
      const start = starts.offsets[offset];
      const end = starts.offsets[offset + 1];
      if (start === undefined || end === undefined) return null;
      const line = Buffer.alloc(end - start);
      readSync(fd, line, 0, line.length, start);
      return parseEntry(line.toString("utf8"));
    } finally {
      closeSync(fd);
    }
  }

  /** Reads on from where the last look ended; only a file that begins otherwise or was shortened is read again. */
  function index(fd: number): void {
    const logId = logIdOf(fd);
    const { size } = fstatSync(fd);
    if (logId !== starts.logId || size < starts.indexed) starts = { logId, offsets: [0], indexed: 0 };
    const chunk = Buffer.alloc(Math.min(1 << 20, Math.max(1, size - starts.indexed)));
    while (starts.indexed < size) {
      const bytes = readSync(fd, chunk, 0, chunk.length, starts.indexed);
      if (bytes === 0) break;
      for (let at = chunk.indexOf(NEWLINE); at >= 0 && at < bytes; at = chunk.indexOf(NEWLINE, at + 1)) {
        starts.offsets.push(starts.indexed + at + 1);
      }
      starts.indexed += bytes;
    }
  }

  return { append, info, entry };
}

async function locked(path: string): Promise<{ release(): void }> {
  for (let tries = 1; ; tries++) {
    const taken = tryLock(`${path}.lock`);
    if ("release" in taken) return taken;
    if (tries === LOCK_TRIES) throw new PromptHistoryBusyError(path, taken);
    await new Promise((resolve) => setTimeout(resolve, LOCK_PAUSE_MS));
  }
}

/** A new file takes the old one's place: a crash leaves the one or the other, never half of it. */
function trim(path: string, budget: number): void {
  const content = readFileSync(path);
  let start = 0;
  while (content.length - start > budget) {
    const end = content.indexOf(NEWLINE, start);
    if (end < 0 || end + 1 >= content.length) break;
    start = end + 1;
  }
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, content.subarray(start), { mode: 0o600 });
  renameSync(temporary, path);
}

/** By content, as the system gives a new file the number of one that is gone. Lines only go from the front, so the first one tells. */
function logIdOf(fd: number): number {
  const start = Buffer.alloc(TELLING_BYTES);
  const bytes = readSync(fd, start, 0, start.length, 0);
  if (bytes === 0) return 0;
  const end = start.indexOf(NEWLINE);
  const telling = start.subarray(0, end < 0 ? bytes : end);
  // A number that JSON readers can hold, and none of an empty file.
  return 1 + createHash("sha256").update(telling).digest().readUIntBE(0, 6);
}

function parseEntry(line: string): PromptHistoryEntry | null {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null) return null;
    if (!("session_id" in value && "ts" in value && "text" in value)) return null;
    const { session_id, ts, text } = value;
    if (typeof session_id !== "string" || typeof ts !== "number" || typeof text !== "string") return null;
    return { session_id, ts, text };
  } catch {
    // A bad line is no entry; the others are fine.
    return null;
  }
}
