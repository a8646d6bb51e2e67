/** Writes a plan to disk, all or nothing: copies first, then renames; whatever fails, everything is put back. */

import { errorCode, osReason } from "../os-reason.js";
import type { PlannedWrite, PlannedWrites } from "../plan/planned-writes.js";
import { PatchCommitError } from "./commit-error.js";
import { type CommitOptions, type FileOperations, nodeFileOperations, PLAIN_FILE } from "../disk/file-operations.js";
import { type Journal, openJournal } from "./journal.js";
import { type FolderStep, type Step, type Steps, stepsOf } from "./steps.js";
import { discardCopies, undoSteps } from "./undo.js";

/** A patch that was applied. */
export interface PatchOutcome {
  /** `Success. Updated the following files:` and a line for each. */
  readonly summary: string;
  /** Our own copies that could not be removed; the next patch in the folder tries again. */
  readonly leftBehind: readonly string[];
}

/**
 * Applies a plan.
 * @throws PatchCommitError when it could not be applied (the tree is as before, see `notRestored`)
 * @throws the signal's reason when aborted (the tree is as before)
 */
export async function commitPlan(plan: PlannedWrites, options: CommitOptions = {}): Promise<PatchOutcome> {
  if (plan.writes.length === 0 && plan.folders.length === 0) return { summary: plan.summary, leftBehind: [] };
  const operations = options.operations ?? nodeFileOperations;
  const commit: Commit = { plan, steps: stepsOf(plan), operations, kept: new Map(), signal: options.signal };
  const journal = await openJournal(plan, commit.steps, operations, options.signal);
  try {
    await refuseStale(commit);
    await prepare(commit);
    await attempt("write the journal of", plan.cwd, () => journal.prepared());
    await perform(commit);
    await attempt("write the journal of", plan.cwd, () => journal.done());
  } catch (error) {
    throw await rollBack(commit, journal, error);
  }
  return { summary: plan.summary, leftBehind: await cleanUp(commit, journal) };
}

interface Commit {
  readonly plan: PlannedWrites;
  readonly steps: Steps;
  readonly operations: FileOperations;
  /** Contents of files that are written in place. */
  readonly kept: Map<Step, { fresh: Uint8Array; old: Uint8Array }>;
  readonly signal: AbortSignal | undefined;
}

/** A file that changed between plan and commit was not what the user agreed to. */
async function refuseStale({ plan, operations }: Commit): Promise<void> {
  for (const write of plan.writes) {
    const now = await attempt("read", write.label, () => operations.inspect(write.path));
    const before = write.kind === "create" ? null : write.before.identity;
    const isSame = before === null || ("identity" in now && now.identity === before);
    const isTaken = before === null && now.kind !== "missing" && !isRemoved(plan, write.path);
    if (!isSame || isTaken) {
      throw new PatchCommitError("stale", `${write.label} was changed by another program; nothing was written`);
    }
  }
}

/** A link that is deleted and then added again as a file. */
function isRemoved(plan: PlannedWrites, path: string): boolean {
  return plan.writes.some((write) => write.kind === "remove" && write.path === path);
}

/** Makes folders and copies. Nothing that was there before is touched. */
async function prepare(commit: Commit): Promise<void> {
  await makeFolders(commit, (folder) => !folder.isBlocked);
  for (const { step, write } of pairs(commit)) {
    commit.signal?.throwIfAborted();
    if (write.kind === "remove") continue;
    await attempt("write file", write.label, () => prepareStep(commit, step, write));
  }
}

type Writing = Exclude<PlannedWrite, { kind: "remove" }>;

async function prepareStep(commit: Commit, step: Step, write: Writing): Promise<void> {
  if (step.way === "swap") {
    try {
      await prepareSwap(commit, step, write);
      return;
    } catch (error) {
      if (write.kind === "create" || !NEEDS_REWRITE.has(errorCode(error) ?? "")) throw error;
      step.way = "rewrite";
    }
  }
  await prepareRewrite(commit, step, write);
}

/** The folder is not writable, the owner cannot be given, or the file is a mount point: it can only be written in place. */
const NEEDS_REWRITE: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EINVAL", "EROFS", "EXDEV", "EBUSY"]);

async function prepareSwap({ operations }: Commit, step: Step, write: Writing): Promise<void> {
  const owner = write.kind === "replace" ? write.before : null;
  await operations.create(step.fresh, write.content, { mode: write.mode, owner });
  const made = await operations.inspect(step.fresh);
  step.identity = made.kind === "file" ? made.identity : null;
  if (write.kind === "replace") await keepUnderSecondName(operations, write.path, step.old);
}

/** A second name for the old file, so that the new one can take its place in one operation. */
async function keepUnderSecondName(operations: FileOperations, path: string, old: string): Promise<void> {
  try {
    await operations.link(path, old);
  } catch (error) {
    if (!WITHOUT_HARD_LINKS.has(errorCode(error) ?? "")) throw error;
  }
}

/** What file systems without hard links answer; then the old file is renamed away first. */
const WITHOUT_HARD_LINKS: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

async function prepareRewrite({ operations, kept }: Commit, step: Step, write: Writing): Promise<void> {
  const old = await operations.read(write.path);
  kept.set(step, { fresh: write.content, old });
  try {
    await makeCopy(operations, step.fresh, write.content);
    await makeCopy(operations, step.old, old);
  } catch (error) {
    // In a folder that cannot be written the contents are kept in memory only.
    if (!NEEDS_REWRITE.has(errorCode(error) ?? "")) throw error;
  }
}

async function makeCopy(operations: FileOperations, path: string, content: Uint8Array): Promise<void> {
  if ((await operations.inspect(path)).kind !== "missing") await operations.remove(path);
  await operations.create(path, content, PLAIN_FILE);
}

/** Changes the tree: removals, folders in their place, then the new files. */
async function perform(commit: Commit): Promise<void> {
  for (const { step, write } of pairs(commit)) {
    commit.signal?.throwIfAborted();
    if (write.kind !== "remove") continue;
    const what = write.because === "move" ? "remove original" : "delete file";
    await attempt(what, write.label, () => commit.operations.rename(step.target, step.old));
  }
  await makeFolders(commit, (folder) => folder.isBlocked);
  for (const { step, write } of pairs(commit)) {
    commit.signal?.throwIfAborted();
    if (write.kind !== "remove") await attempt("write file", write.label, () => putInPlace(commit, step, write));
  }
}

async function putInPlace({ operations }: Commit, step: Step, write: Writing): Promise<void> {
  if (step.way === "rewrite") {
    await operations.overwrite(step.target, write.content);
  } else if (write.kind === "create") {
    await createInPlace(operations, step);
  } else {
    if ((await operations.inspect(step.old)).kind === "missing") await operations.rename(step.target, step.old);
    await operations.rename(step.fresh, step.target);
  }
}

/** By a second name, which fails when somebody has put something there; the first one stays as the journal's proof. */
async function createInPlace(operations: FileOperations, step: Step): Promise<void> {
  try {
    await operations.link(step.fresh, step.target);
  } catch (error) {
    if (!WITHOUT_HARD_LINKS.has(errorCode(error) ?? "")) throw error;
    await operations.create(step.old, new Uint8Array(), PLAIN_FILE);
    await operations.rename(step.fresh, step.target);
  }
}

async function makeFolders(commit: Commit, isWanted: (folder: FolderStep) => boolean): Promise<void> {
  for (const [index, folder] of commit.steps.folders.entries()) {
    if (!isWanted(folder)) continue;
    const label = commit.plan.folders[index]?.label ?? folder.path;
    await attempt("create parent directories for", label, () => commit.operations.makeFolder(folder.path));
  }
}

function pairs({ plan, steps }: Commit): { step: Step; write: PlannedWrite }[] {
  return steps.steps.flatMap((step, index) => {
    const write = plan.writes[index];
    return write ? [{ step, write }] : [];
  });
}

async function attempt<T>(what: string, label: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw new PatchCommitError("failed", `Failed to ${what} ${label}: ${osReason(error)}`, [], error);
  }
}

/** Puts everything back; the error to throw then. */
async function rollBack(commit: Commit, journal: Journal, error: unknown): Promise<unknown> {
  const failed = await undoSteps(commit.steps, commit.operations, commit.kept);
  await closeQuietly(journal, failed.length === 0);
  if (failed.length === 0) return error;
  const failure = error instanceof PatchCommitError ? error.failure : "failed";
  return new PatchCommitError(failure, error instanceof Error ? error.message : String(error), failed, error);
}

/** The tree is new; what is left over now is only our own. */
async function cleanUp(commit: Commit, journal: Journal): Promise<string[]> {
  const left = await discardCopies(commit.steps.steps, commit.operations);
  await closeQuietly(journal, left.length === 0);
  return left;
}

async function closeQuietly(journal: Journal, isClean: boolean): Promise<void> {
  try {
    await journal.close(isClean);
  } catch {
    // The journal stays: the next patch in the folder finds nothing left to undo in it, and removes it.
  }
}
