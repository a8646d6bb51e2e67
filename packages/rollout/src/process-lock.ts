/** A lock between processes: a file that names its holder and is taken over when that one is dead. */

import { createHash, randomUUID } from "node:crypto";
import {
  closeSync,
  constants,
  copyFileSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { livenessOf, type LockingProcess, readHolder, thisProcess } from "@codex-ts/config";
import { codeOf } from "./errors.js";

/** A held lock. */
export interface ProcessLock {
  readonly path: string;
  /** Gives it back; calling it again does nothing. */
  release(): void;
}

/** Who has a lock that could not be taken. */
export interface LockHolder {
  /** 0 when the lock names nobody, because it is just being made. */
  pid: number;
  /** Null when it is this machine. */
  host: string | null;
}

/** A holder touches its lock this often. */
const TOUCH_MS = 20_000;
/** Quiet this long, a process that cannot be looked at counts as gone: one on another machine... */
const FOREIGN_QUIET_MS = 15 * 60_000;
/** ...and one of another boot or container of what calls itself this machine, most likely before a restart. */
const RESTART_QUIET_MS = 3 * TOUCH_MS;
/** A lock file without a holder is one that is being written, or whose writer died in between. */
const UNNAMED_GRACE_MS = 5_000;

/**
 * Takes the lock or says who has it. Its folder must exist.
 *
 * A lock appears at its path with its content, and no two are alike. Only who holds the lock on a stale one's removal may
 * put its own in that one's place, and looks first whether it still stands there.
 */
export function tryLock(path: string): ProcessLock | LockHolder {
  const token = randomUUID();
  const own = `${JSON.stringify({ ...thisProcess(), token })}\n`;
  const draft = `${path}.${token}`;
  try {
    writeFileSync(draft, own, { flag: "wx", mode: 0o600 });
    for (let attempt = 0; attempt < 3; attempt++) {
      putIfFree(draft, path);
      const found = readLock(path);
      if (found === own) {
        const fd = openOwn(path, own);
        if (fd === null) continue;
        return heldLock(path, own, fd);
      }
      if (found === null) continue;
      const holder = readHolder(found);
      if (isHeld(path, holder)) return describe(holder);
      const other = replaceStale(path, found, draft);
      if (other !== null) return other;
    }
    return describe(readHolder(readLock(path) ?? ""));
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The lock's file, whether it is the draft or a copy of it; null when it is not ours any more. */
function openOwn(path: string, own: string): number | null {
  let fd: number;
  try {
    fd = openSync(path, "r+");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    // Too many open files: what nobody will touch or give back must not stay.
    rmSync(path, { force: true });
    throw error;
  }
  if (readFileSync(fd, "utf8") === own) return fd;
  closeSync(fd);
  return null;
}

function putIfFree(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if (codeOf(error) === "EEXIST" || codeOf(error) === "ENOENT") return;
    copyIfFree(draft, path);
  }
}

/** For file systems without links. Others may see the copy before it is whole. */
function copyIfFree(draft: string, path: string): void {
  try {
    copyFileSync(draft, path, constants.COPYFILE_EXCL);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

/** Puts the draft in a stale lock's place, unless somebody else was faster. @returns who is doing it at the moment */
function replaceStale(path: string, stale: string, draft: string): LockHolder | null {
  const name = createHash("sha256").update(stale).digest("hex").slice(0, 16);
  const removal = tryLock(`${path}.${name}`);
  if (!("release" in removal)) return removal;
  try {
    if (readLock(path) === stale) renameSync(draft, path);
    return null;
  } finally {
    removal.release();
  }
}

/** @param fd the lock's file, so that nobody else's is ever touched */
function heldLock(path: string, own: string, fd: number): ProcessLock {
  let held = true;
  const touching = setInterval(() => {
    try {
      // Written, not dated: the time should be that of the file's machine, whatever the clock is here.
      writeSync(fd, own, 0);
    } catch {
      // A full or absent disk: the next one tries again.
    }
  }, TOUCH_MS);
  touching.unref();
  return {
    path,
    release() {
      if (!held) return;
      held = false;
      clearInterval(touching);
      closeSync(fd);
      // After a takeover the file is somebody else's.
      if (readLock(path) === own) rmSync(path, { force: true });
    },
  };
}

function isHeld(path: string, holder: LockingProcess | null): boolean {
  if (holder === null) return quietMs(path) < UNNAMED_GRACE_MS;
  const liveness = livenessOf(holder);
  if (liveness !== "unknown") return liveness === "alive";
  return quietMs(path) < (holder.host === thisProcess().host ? RESTART_QUIET_MS : FOREIGN_QUIET_MS);
}

function readLock(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

function describe(holder: LockingProcess | null): LockHolder {
  if (holder === null) return { pid: 0, host: null };
  return { pid: holder.pid, host: livenessOf(holder) === "unknown" ? holder.host : null };
}

function quietMs(path: string): number {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
}
