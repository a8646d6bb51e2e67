/** Begins a session file, or opens one to go on in it. */

import { closeSync, constants, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { readGitFacts } from "@codex-ts/git";
import type { GitInfo, RolloutItem, SessionMeta, ThreadId } from "@codex-ts/protocol";
import { RolloutLockedError, SessionStorageError, sessionStorageError } from "./errors.js";
import { dayDir, rolloutFileName, sessionsDir } from "./file-names.js";
import { localStamp } from "./local-time.js";
import { takeLock } from "./lock.js";
import { endsMidLine } from "./whole-lines.js";
import { makeWriter, type RecordingProblem, type RolloutWriter } from "./writer.js";

/** What every writer needs from outside. */
export interface WriterOptions {
  codexHome: string;
  /** The clock for line times; also names a new file. */
  now: () => Date;
  /** Told when writing fails and when it works again; the session goes on. */
  report: (problem: RecordingProblem) => void;
}

/** How a new session file begins. */
export interface CreateRolloutOptions extends WriterOptions {
  /** The first line. Left-out `git` is read from the files of the repository around `cwd`; null means none. */
  meta: SessionMeta;
  /** Lines of the thread this one goes on from; written behind the first line with fresh times. */
  source?: readonly RolloutItem[];
}

/**
 * Makes the file `sessions/YYYY/MM/DD/rollout-...jsonl` with its first line, for this user only.
 * @throws SessionStorageError when the file cannot be made
 */
export function createRollout(options: CreateRolloutOptions): RolloutWriter {
  const { codexHome, meta, now } = options;
  const stamp = localStamp(now());
  const folder = dayDir(codexHome, stamp);
  const path = join(folder, rolloutFileName(meta.id, stamp));
  let writer: RolloutWriter;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writer = openLocked(options, meta.id, path, "ax");
  } catch (error) {
    if (error instanceof RolloutLockedError || error instanceof SessionStorageError) throw error;
    throw sessionStorageError(error, codexHome, sessionsDir(codexHome));
  }
  writer.append([{ type: "session_meta", payload: withGit(meta) }, ...(options.source ?? [])]);
  writer.flush();
  return writer;
}

/** How to go on in a session file. */
export interface OpenRolloutOptions extends WriterOptions {
  path: string;
  /** The id in the file's first line. */
  id: ThreadId;
}

/**
 * Opens a session file to append to it. A last line that was cut off gets its newline, so that nothing is glued to it.
 * @throws RolloutLockedError when another writer has it; the system's error when it cannot be opened
 */
export function openRollout(options: OpenRolloutOptions): RolloutWriter {
  return openLocked(options, options.id, options.path, APPEND_EXISTING);
}

function openLocked(options: WriterOptions, id: ThreadId, path: string, flags: string | number): RolloutWriter {
  const lock = takeLock(options.codexHome, id);
  let fd: number | null = null;
  try {
    fd = openSync(path, flags, 0o600);
    if (endsMidLine(fd)) writeSync(fd, "\n");
    return makeWriter({ path, fd, lock, now: options.now, report: options.report });
  } catch (error) {
    if (fd !== null) closeSync(fd);
    lock.release();
    throw error;
  }
}

/** Reading is for the look at the last byte; a missing file is not made. */
const APPEND_EXISTING = constants.O_RDWR | constants.O_APPEND;

function withGit(meta: SessionMeta): SessionMeta {
  if (meta.git === null) {
    const { git: _none, ...rest } = meta;
    return rest;
  }
  if (meta.git !== undefined) return meta;
  const git = sessionGitInfo(meta.cwd);
  return git === null ? meta : { ...meta, git };
}

/** The repository's part of a session's first line, read from files: no process is started. Null outside of one. */
export function sessionGitInfo(cwd: string): GitInfo | null {
  const facts = readGitFacts(cwd);
  if (facts === null) return null;
  const { head, originUrl } = facts;
  const info: GitInfo = {};
  if (head.kind !== "unknown" && head.sha !== null) info.commit_hash = head.sha;
  if (head.kind === "branch") info.branch = head.branch;
  if (originUrl !== null) info.repository_url = originUrl;
  return info;
}
