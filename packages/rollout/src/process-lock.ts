/** A lock between processes: a file that names its holder and is taken over when that one is dead. */

import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
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

/** What a lock file says. `start` tells a process from a later one with the same id; empty where the system does not say. */
interface Holder {
  pid: number;
  start: string;
  host: string;
}

/** A lock file without a holder is one that is being written, or whose writer died in between. */
const UNNAMED_GRACE_MS = 5_000;
/** A process on another machine cannot be looked at; it counts as gone when what it locks was quiet this long. */
const FOREIGN_QUIET_MS = 15 * 60_000;

/**
 * Takes the lock or says who has it. Its folder must exist.
 * @param guarded the file whose changes show that a holder on another machine is alive
 */
export function tryLock(path: string, guarded: string): ProcessLock | LockHolder {
  const self = thisProcess();
  for (let attempt = 0; attempt < 3; attempt++) {
    if (createLock(path, self)) return { path, release: releaser(path, self) };
    const text = readLock(path);
    if (text === null) continue;
    const holder = parseHolder(text);
    if (isHeld(path, holder, self, guarded)) return describe(holder, self);
    removeStale(path, text);
  }
  return describe(parseHolder(readLock(path) ?? ""), self);
}

function createLock(path: string, self: Holder): boolean {
  let fd: number;
  try {
    fd = openSync(path, "wx", 0o600);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
  try {
    writeSync(fd, formatHolder(self));
  } finally {
    closeSync(fd);
  }
  return true;
}

function releaser(path: string, self: Holder): () => void {
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    // After a takeover the file is somebody else's.
    if (readLock(path) === formatHolder(self)) rmSync(path, { force: true });
  };
}

function isHeld(path: string, holder: Holder | null, self: Holder, guarded: string): boolean {
  if (holder === null) return Date.now() - modifiedAt(path) < UNNAMED_GRACE_MS;
  if (holder.host !== self.host) return Date.now() - modifiedAt(guarded) < FOREIGN_QUIET_MS;
  return isAlive(holder.pid) && (holder.start === "" || holder.start === startOf(holder.pid));
}

/** Two processes may find the same stale lock: whoever renames it first wins, and gives back what turns out to be fresh. */
function removeStale(path: string, judged: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  if (readLock(aside) === judged) rmSync(aside, { force: true });
  else renameSync(aside, path);
}

function readLock(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

function formatHolder(holder: Holder): string {
  return `${JSON.stringify(holder)}\n`;
}

function parseHolder(text: string): Holder | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return null;
    if (!("pid" in value && "start" in value && "host" in value)) return null;
    const { pid, start, host } = value;
    return typeof pid === "number" && typeof start === "string" && typeof host === "string"
      ? { pid, start, host }
      : null;
  } catch {
    // Cut off while being written: there is no holder to name.
    return null;
  }
}

function describe(holder: Holder | null, self: Holder): LockHolder {
  if (holder === null) return { pid: 0, host: null };
  return { pid: holder.pid, host: holder.host === self.host ? null : holder.host };
}

let cachedSelf: Holder | null = null;

function thisProcess(): Holder {
  cachedSelf ??= { pid: process.pid, start: startOf(process.pid), host: hostname() };
  return cachedSelf;
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

function modifiedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
