/** A lock between processes: a file beside the locked one, created by whoever holds it. */

import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { livenessOf, readHolder, thisProcess } from "./lock-holder.js";

/** How a lock is waited for. */
export interface LockOptions {
  /** Milliseconds after which waiting ends with LockTimeoutError. */
  readonly timeoutMs?: number;
  /** Milliseconds after which a lock is taken from a holder that cannot be asked whether it still lives. */
  readonly staleMs?: number;
  readonly signal?: AbortSignal;
}

/** Somebody else holds the lock and does not let go. */
export class LockTimeoutError extends Error {
  readonly path: string;

  constructor(path: string) {
    super(`another process is using ${path}; if none is running, delete ${path}.lock`);
    this.name = "LockTimeoutError";
    this.path = path;
  }
}

const POLL_MS = 20;

/**
 * Runs `work` while no other process holds the lock of `path`.
 * @throws LockTimeoutError; whatever `work` throws
 */
export async function withFileLock<T>(path: string, work: () => T | Promise<T>, options: LockOptions = {}): Promise<T> {
  const lock = `${path}.lock`;
  const token = JSON.stringify({ ...thisProcess(), id: `${performance.now()}-${Math.random()}` });
  await acquire(lock, token, path, options);
  try {
    return await work();
  } finally {
    if (contentOf(lock) === token) {
      rmSync(lock, { force: true });
    }
  }
}

async function acquire(lock: string, token: string, path: string, options: LockOptions): Promise<void> {
  const { timeoutMs = 10_000, staleMs = 60_000, signal } = options;
  const deadline = performance.now() + timeoutMs;
  mkdirSync(dirname(lock), { recursive: true });
  while (!create(lock, token)) {
    removeIfStale(lock, staleMs);
    if (performance.now() > deadline) {
      throw new LockTimeoutError(path);
    }
    const { setTimeout: delay } = await import("node:timers/promises");
    await delay(POLL_MS, undefined, signal === undefined ? {} : { signal });
  }
}

function create(lock: string, token: string): boolean {
  try {
    writeFileSync(lock, token, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") {
      return false;
    }
    throw error;
  }
}

/** Takes the lock file of a dead holder away, by a rename that only one process can win. */
function removeIfStale(lock: string, staleMs: number): void {
  const seen = contentOf(lock);
  if (seen === null || !isStale(lock, seen, staleMs)) {
    return;
  }
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
    if (contentOf(aside) !== seen) {
      // Between looking and renaming somebody else got the lock: put it back.
      linkSync(aside, lock);
    }
    rmSync(aside, { force: true });
  } catch {
    // Another process was faster; the next round sees what it left.
    rmSync(aside, { force: true });
  }
}

function isStale(lock: string, content: string, staleMs: number): boolean {
  const holder = readHolder(content);
  const liveness = holder === null ? "unknown" : livenessOf(holder);
  if (liveness !== "unknown") {
    return liveness === "dead";
  }
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  return age > staleMs;
}

function contentOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // Gone already.
    return null;
  }
}
