/** A lock between processes: a file that names its holder and is taken over when that one is dead. */

import { createHash, randomUUID } from "node:crypto";
import {
  closeSync,
  constants,
  copyFileSync,
  linkSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";
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

/** What a lock file says. */
interface Holder {
  pid: number;
  /** Tells a process from a later one with the same id; empty where the system does not say. */
  start: string;
  host: string;
  /** The boot and the container that the process id belongs to; empty where the system does not say. */
  place: string;
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
  const self = thisProcess();
  const token = randomUUID();
  const own = `${JSON.stringify({ ...self, token })}\n`;
  const draft = `${path}.${token}`;
  let fd: number | null = openSync(draft, "wx", 0o600);
  try {
    writeFileSync(fd, own);
    for (let attempt = 0; attempt < 3; attempt++) {
      putIfFree(draft, path);
      const found = readLock(path);
      if (found === own) {
        const lock = heldLock(path, own, fd);
        fd = null;
        return lock;
      }
      if (found === null) continue;
      const holder = parseHolder(found);
      if (isHeld(path, holder, self)) return describe(holder, self);
      const other = replaceStale(path, found, draft);
      if (other !== null) return other;
    }
    return describe(parseHolder(readLock(path) ?? ""), self);
  } finally {
    if (fd !== null) closeSync(fd);
    rmSync(draft, { force: true });
  }
}

function putIfFree(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if (codeOf(error) === "EEXIST" || codeOf(error) === "ENOENT") return;
    copyIfFree(draft, path);
  }
}

/** For file systems without links. Others may see the copy before it is whole, and touching does not reach it. */
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

function isHeld(path: string, holder: Holder | null, self: Holder): boolean {
  if (holder === null) return quietMs(path) < UNNAMED_GRACE_MS;
  if (holder.host !== self.host) return quietMs(path) < FOREIGN_QUIET_MS;
  if (isElsewhere(holder, self)) return quietMs(path) < RESTART_QUIET_MS;
  return isAlive(holder.pid) && (holder.start === "" || holder.start === startOf(holder.pid));
}

/** Whether a process id of the holder says nothing here. */
function isElsewhere(holder: Holder, self: Holder): boolean {
  return holder.host !== self.host || (holder.place !== "" && holder.place !== self.place);
}

function readLock(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

function parseHolder(text: string): Holder | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return null;
    if (!("pid" in value && "start" in value && "host" in value)) return null;
    const { pid, start, host } = value;
    // Earlier versions wrote no place.
    const place = "place" in value && typeof value.place === "string" ? value.place : "";
    return typeof pid === "number" && typeof start === "string" && typeof host === "string"
      ? { pid, start, host, place }
      : null;
  } catch {
    // Cut off while being written: there is no holder to name.
    return null;
  }
}

function describe(holder: Holder | null, self: Holder): LockHolder {
  if (holder === null) return { pid: 0, host: null };
  return { pid: holder.pid, host: isElsewhere(holder, self) ? holder.host : null };
}

let cachedSelf: Holder | null = null;

function thisProcess(): Holder {
  cachedSelf ??= { pid: process.pid, start: startOf(process.pid), host: hostname(), place: thisPlace() };
  return cachedSelf;
}

/** Linux: the boot's id and the namespace of process ids. Elsewhere empty. */
function thisPlace(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    // No procfs here: then the name of the machine has to do.
    return "";
  }
}

/** Linux: clock ticks since boot at which the process began (`/proc/<pid>/stat`, field 22). Elsewhere empty. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses and may hold anything.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    // No procfs here, or no such process: then only the id is compared.
    return "";
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

function quietMs(path: string): number {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
}
