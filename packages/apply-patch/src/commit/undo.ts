/**
 * Takes steps of a commit back, by what is on disk and not by what was meant to happen: the same code serves a commit
 * that failed at any operation and one that was killed.
 */

import { errorCode } from "../os-reason.js";
import type { FileOperations } from "../disk/file-operations.js";
import type { Step, Steps } from "./steps.js";

/** Contents of files that are written in place; for steps whose copies on disk could not be made. */
export type KeptContents = ReadonlyMap<Step, { readonly fresh: Uint8Array; readonly old: Uint8Array }>;

/**
 * Restores what the steps changed, last step first, then removes our own files and the folders made.
 * @returns the paths that could not be restored, with our copies left beside them
 */
export async function undoSteps(
  { steps, folders }: Pick<Steps, "steps" | "folders">,
  operations: FileOperations,
  kept: KeptContents,
): Promise<string[]> {
  const failed: string[] = [];
  // Removals come first in a commit, so they are restored last: a folder may have taken a removed file's place.
  const creations = steps.filter((step) => step.kind !== "remove");
  const removals = steps.filter((step) => step.kind === "remove");
  for (const step of creations.toReversed()) if (!(await undoStep(step, operations, kept))) failed.push(step.target);
  for (const folder of folders.toReversed()) await removeIfEmpty(folder.path, operations);
  for (const step of removals.toReversed()) if (!(await undoStep(step, operations, kept))) failed.push(step.target);
  return failed;
}

/** Removes our own files of a commit that succeeded; returns those that could not be removed. */
export async function discardCopies(steps: readonly Step[], operations: FileOperations): Promise<string[]> {
  const left: string[] = [];
  for (const path of steps.flatMap((step) => [step.fresh, step.old])) {
    if (!(await discard(path, operations))) left.push(path);
  }
  return left;
}

async function undoStep(step: Step, operations: FileOperations, kept: KeptContents): Promise<boolean> {
  try {
    await restore(step, operations, kept);
    const fresh = await discard(step.fresh, operations);
    const old = await discard(step.old, operations);
    return fresh && old;
  } catch {
    return false; // reported by path; the copies stay for the next attempt
  }
}

async function restore(step: Step, operations: FileOperations, kept: KeptContents): Promise<void> {
  const target = await operations.inspect(step.target);
  const isOurs = target.kind === "file" && step.identity !== null && target.identity === step.identity;
  if (step.kind === "create") {
    if (isOurs) await operations.remove(step.target);
    return;
  }
  if (step.way === "rewrite") {
    await restoreContent(step, operations, kept);
    return;
  }
  // Whatever else is at the target now was put there by somebody since: it stays.
  if (target.kind !== "missing" && !isOurs) return;
  const old = await operations.inspect(step.old);
  if (old.kind !== "missing") await operations.rename(step.old, step.target);
}

async function restoreContent(step: Step, operations: FileOperations, kept: KeptContents): Promise<void> {
  const contents = kept.get(step) ?? (await copies(step, operations));
  if (contents === null) return;
  const current = await operations.read(step.target);
  if (isPartlyWritten(current, contents.fresh, contents.old)) await operations.overwrite(step.target, contents.old);
}

/** The two copies beside a file written in place; both are there before its first byte is written. */
async function copies(step: Step, operations: FileOperations): Promise<{ fresh: Uint8Array; old: Uint8Array } | null> {
  if ((await operations.inspect(step.old)).kind === "missing") return null;
  return { fresh: await operations.read(step.fresh), old: await operations.read(step.old) };
}

/** Whether a content is a state of writing `fresh` over `old`: begun, done but not cut to length, or complete. */
function isPartlyWritten(current: Uint8Array, fresh: Uint8Array, old: Uint8Array): boolean {
  if (Buffer.compare(current, fresh) === 0) return true;
  let written = 0;
  while (written < current.length && current[written] === fresh[written]) written++;
  return written > 0 && Buffer.compare(current.subarray(written), old.subarray(written)) === 0;
}

async function removeIfEmpty(folder: string, operations: FileOperations): Promise<void> {
  try {
    await operations.removeFolder(folder);
  } catch {
    // Not made yet, or somebody put something into it since: then it stays.
  }
}

async function discard(path: string, operations: FileOperations): Promise<boolean> {
  try {
    await operations.remove(path);
    return true;
  } catch (error) {
    return errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR";
  }
}
