/** Appends lines to an open session file: in order, never waiting, keeping what could not be written. */

import { closeSync, fstatSync, fsync, writeSync } from "node:fs";
import type { RolloutItem } from "@codex-ts/protocol";
import { codeOf, RecordingError } from "./errors.js";

import { persistedForm } from "./persisted.js";
import type { ProcessLock } from "./process-lock.js";

/** The session file of a running thread. */
export interface RolloutWriter {
  readonly path: string;
  /** Takes items; what `persistedForm` keeps of them becomes lines. They reach the operating system with the next microtask, all of one tick in one write. */
  append(items: readonly RolloutItem[]): void;
  /** After it returns true the operating system has every line: a killed process loses none. Costs microseconds. */
  flush(): boolean;
  /** `flush`, and on to the disk: a power cut loses none. Called at the end of a turn. */
  sync(): Promise<boolean>;
  /** Writes what is left, gives the file and its lock back. Later appends are dropped. */
  close(): Promise<void>;
}

/** What a writer tells its owner. Each outage is one `failing`, and one `recovered` when it is over. */
export type RecordingProblem = { kind: "failing"; error: RecordingError } | { kind: "recovered"; path: string };

/** What a writer works with. */
export interface WriterParts {
  path: string;
  fd: number;
  lock: ProcessLock;
  now: () => Date;
  report: (problem: RecordingProblem) => void;
}

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

/**
 * Makes a writer of an open file. Writes are synchronous: a line into the page cache costs less than a trip through the
 * thread pool, and there is never a line that is neither in memory nor in the file.
 */
export function makeWriter(parts: WriterParts): RolloutWriter {
  const { path, fd, lock, report } = parts;
  /** Lines not yet handed to the system. */
  let lines: string[] = [];
  /** What is left of a batch that was written in part. */
  let unwritten: Buffer | null = null;
  let scheduled = false;
  let closed = false;
  let failing = false;
  let retryMs = FIRST_RETRY_MS;
  let retryTimer: NodeJS.Timeout | null = null;
  let removed = false;
  let syncing: Promise<boolean> = Promise.resolve(true);
  /** Something was handed to the system that the disk may not have. */
  let unsynced = true;

  function append(items: readonly RolloutItem[]): void {
    if (closed || items.length === 0) return;
    const timestamp = parts.now().toISOString();
    for (const item of items) {
      const stored = persistedForm(item);
      if (stored !== null) lines.push(lineOf(timestamp, stored));
    }
    // While the disk refuses, the timer and explicit flushes try again; not every line.
    if (scheduled || failing) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      flush();
    });
  }

  function flush(): boolean {
    if (closed) return unwritten === null && lines.length === 0;
    try {
      writeAll();
    } catch (error) {
      onFailure(error);
      return false;
    }
    if (failing) onRecovery();
    return true;
  }

  function writeAll(): void {
    drain();
    if (lines.length === 0) return;
    unwritten = Buffer.from(lines.join(""), "utf8");
    lines = [];
    drain();
  }

  function drain(): void {
    while (unwritten !== null) {
      unsynced = true;
      const written = writeSync(fd, unwritten);
      unwritten = written < unwritten.length ? unwritten.subarray(written) : null;
    }
  }

  function onFailure(cause: unknown): void {
    if (!failing) {
      failing = true;
      report({ kind: "failing", error: new RecordingError(path, { cause }) });
    }
    if (retryTimer !== null || closed) return;
    retryTimer = setTimeout(() => {
      retryTimer = null;
      flush();
    }, retryMs);
    retryTimer.unref();
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  }

  function onRecovery(): void {
    failing = false;
    retryMs = FIRST_RETRY_MS;
    stopRetrying();
    report({ kind: "recovered", path });
  }

  function stopRetrying(): void {
    if (retryTimer !== null) clearTimeout(retryTimer);
    retryTimer = null;
  }

  function sync(): Promise<boolean> {
    if (closed || !flush()) return Promise.resolve(false);
    syncing = syncing.then(syncOnce);
    return syncing;
  }

  async function syncOnce(): Promise<boolean> {
    if (closed) return false;
    if (!unsynced) return true;
    try {
      if (fstatSync(fd).nlink === 0) return onRemoval();
      unsynced = false;
      await fsyncOf(fd);
      return true;
    } catch (error) {
      // Some file systems have no fsync; there is nothing to wait for then.
      if (codeOf(error) === "EINVAL" || codeOf(error) === "ENOTSUP") return true;
      unsynced = true;
      onFailure(error);
      return false;
    }
  }

  /** Somebody deleted the file under us: nothing can bring the earlier lines back, so it is said once. */
  function onRemoval(): boolean {
    if (!removed) report({ kind: "failing", error: new RecordingError(path, { cause: new Error("it was removed") }) });
    removed = true;
    return false;
  }

  async function close(): Promise<void> {
    if (closed) return;
    flush();
    closed = true;
    stopRetrying();
    await syncing;
    try {
      closeSync(fd);
    } finally {
      lock.release();
    }
  }

  return { path, append, flush, sync, close };
}

function lineOf(timestamp: string, item: RolloutItem): string {
  const line = { timestamp, type: item.type, payload: item.payload };
  const text = JSON.stringify(line);
  // JSON.stringify writes a lone surrogate as an escape that other JSON parsers refuse, and with it the whole line.
  return text.includes("\\ud") ? `${JSON.stringify(line, wellFormed)}\n` : `${text}\n`;
}

function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === "string" ? value.toWellFormed() : value;
}

function fsyncOf(fd: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fsync(fd, (error) => (error === null ? resolve() : reject(error)));
  });
}
