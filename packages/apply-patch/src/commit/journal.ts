/**
 * The record of a commit under way, in the patch's folder: who writes it, and every step. It keeps other patches out of
 * the folder, and the next one undoes with it what a killed process left. It only points: see recover.ts for what it
 * may cause.
 */

import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { errorCode, osReason } from "../os-reason.js";
import type { PlannedWrites } from "../plan/planned-writes.js";
import { PatchCommitError } from "./commit-error.js";
import { type CommitOptions, type FileOperations, nodeFileOperations, PLAIN_FILE } from "../disk/file-operations.js";
import { livenessOf, thisProcess } from "./owner.js";
import { parseRecord, recordLine, recover, type CommitRecord } from "./recover.js";
import type { Steps } from "./steps.js";

/** The name of a journal. */
const JOURNAL_NAME = ".codex-patch.journal";

/** Another process's commit takes milliseconds; after this it is taken for hung, or, if it cannot be seen, for dead. */
const PATIENCE_MILLISECONDS = 3000;
/** A journal is created and written in one go: this long it may be seen without content. */
const TORN_MILLISECONDS = 300;
const POLL_MILLISECONDS = 25;

/** Commits under way in this process, by id: a journal of ours that is not among them was left by a failed rollback. */
const underWay = new Set<string>();

/** An open journal. */
export interface Journal {
  /** All copies are made: from here on the tree changes. */
  prepared(): Promise<void>;
  /** The tree is new: from here on nothing is undone. */
  done(): Promise<void>;
  /** Ends the journal; it stays on disk for the next patch when something could not be put right. */
  close(isClean: boolean): Promise<void>;
}

/**
 * Begins a journal, after having dealt with one that is there.
 * @throws PatchCommitError "busy" when another patch is being applied in the folder, "failed" when it cannot be written
 */
export async function openJournal(
  plan: PlannedWrites,
  steps: Steps,
  operations: FileOperations,
  signal: AbortSignal | undefined,
): Promise<Journal> {
  underWay.add(steps.id);
  try {
    for (const folder of journalFolders(plan, steps)) {
      const path = join(folder, JOURNAL_NAME);
      if (await createJournal(path, steps, operations, signal)) return journalAt(path, steps, operations);
    }
  } catch (error) {
    underWay.delete(steps.id);
    throw error;
  }
  underWay.delete(steps.id);
  return NO_JOURNAL;
}

/**
 * Undoes what a killed commit left in a folder. To be called before a patch is planned there.
 * @throws PatchCommitError "busy" when a patch is being applied in the folder right now, "failed" when it cannot be undone
 */
export async function recoverInterrupted(folder: string, options: CommitOptions = {}): Promise<void> {
  await settle(join(folder, JOURNAL_NAME), options.operations ?? nodeFileOperations, options.signal);
}

/** The patch's own folder, where the next patch looks; else one that is written to anyway. */
function journalFolders(plan: PlannedWrites, { steps, folders }: Steps): Set<string> {
  const made = new Set(folders.map((folder) => folder.path));
  return new Set([plan.cwd, ...steps.map((step) => dirname(step.fresh)).filter((folder) => !made.has(folder))]);
}

/** Where no folder can be written, files are at most written in place: a kill then leaves no trace to clean up. */
const NO_JOURNAL: Journal = {
  prepared: async () => undefined,
  done: async () => undefined,
  close: async () => undefined,
};

async function createJournal(
  path: string,
  steps: Steps,
  operations: FileOperations,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const content = Buffer.from(recordLine(steps, thisProcess(), Date.now()));
  for (;;) {
    try {
      await operations.create(path, content, PLAIN_FILE);
      return true;
    } catch (error) {
      const code = errorCode(error) ?? "";
      if (code === "EEXIST") {
        await settle(path, operations, signal);
      } else if (["EACCES", "EPERM", "EROFS", "ENOENT", "ENOTDIR"].includes(code)) {
        return false;
      } else {
        throw new PatchCommitError("failed", `Failed to write file ${path}: ${osReason(error)}`, [], error);
      }
    }
  }
}

function journalAt(path: string, steps: Steps, operations: FileOperations): Journal {
  const append = (entry: object) => operations.append(path, `${JSON.stringify(entry)}\n`);
  return {
    prepared: () => append({ prepared: steps.steps.map(({ way, identity }) => ({ way, identity })) }),
    done: () => append({ done: true }),
    close: async (isClean) => {
      underWay.delete(steps.id);
      if (isClean) await operations.remove(path);
    },
  };
}

/** Waits for a journal to go, or undoes its commit when nobody else will. Returns when there is none. */
async function settle(path: string, operations: FileOperations, signal: AbortSignal | undefined): Promise<void> {
  const start = Date.now();
  for (;;) {
    const record = await readRecord(path, operations);
    if (record === "none") return;
    const waited = Date.now() - start;
    if (isAbandoned(record, waited)) {
      await recover(path, record === "torn" ? null : record, operations);
      return;
    }
    if (waited > PATIENCE_MILLISECONDS)
      throw new PatchCommitError("busy", `Another patch is being applied here. If none is, remove ${path}`);
    await delay(POLL_MILLISECONDS, undefined, signal ? { signal } : {});
  }
}

async function readRecord(path: string, operations: FileOperations): Promise<CommitRecord | "torn" | "none"> {
  const entry = await operations.inspect(path);
  if (entry.kind !== "file") return entry.kind === "missing" ? "none" : "torn";
  try {
    return parseRecord(Buffer.from(await operations.read(path)).toString("utf8")) ?? "torn";
  } catch (error) {
    if (errorCode(error) === "ENOENT") return "none";
    throw error;
  }
}

/** A torn journal was cut off before anything else was done, or is being written at this moment. */
function isAbandoned(record: CommitRecord | "torn", waited: number): boolean {
  if (record === "torn") return waited > TORN_MILLISECONDS;
  switch (livenessOf(record.owner)) {
    case "dead":
      return true;
    case "alive":
      return record.owner.pid === process.pid && !underWay.has(record.id);
    case "unknown":
      return waited > PATIENCE_MILLISECONDS || Math.abs(Date.now() - record.begun) > PATIENCE_MILLISECONDS;
  }
}
