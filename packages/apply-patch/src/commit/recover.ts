/**
 * Undoes a commit whose process is gone, from its journal.
 *
 * Anyone who can write in the patch's folder could plant a journal, a sandboxed command for one. So a journal proves
 * nothing: a step is undone only if one of the commit's own numbered files lies beside its target, which only somebody
 * who may write there can have put, and never where the target decides what runs outside a sandbox (`.git`, `.codex`).
 */

import { dirname, normalize, sep } from "node:path";
import { errorCode, osReason } from "../os-reason.js";
import { PatchCommitError } from "./commit-error.js";
import type { FileOperations } from "../disk/file-operations.js";
import type { Owner } from "./owner.js";
import { type FolderStep, isOwnName, type Step, type Steps } from "./steps.js";
import { discardCopies, undoSteps } from "./undo.js";

/** A journal, read. */
export interface CommitRecord extends Steps {
  readonly owner: Owner;
  /** When it was begun, in milliseconds since 1970. */
  readonly begun: number;
  readonly isDone: boolean;
}

/** The first line of a journal: everything that is known before anything is done. */
export function recordLine({ id, folders, steps }: Steps, owner: Owner, begun: number): string {
  const named = steps.map(({ kind, target, fresh, old }) => ({ kind, target, fresh, old }));
  return `${JSON.stringify({ version: 1, id, begun, owner, folders: folders.map(({ path }) => path), steps: named })}\n`;
}

/** Reads a journal; lines that were cut off count as not written. Null when it is no journal. */
export function parseRecord(text: string): CommitRecord | null {
  const [first, second, third] = text.split("\n").map(parseLine);
  const { id, begun, owner, folders, steps } = first ?? {};
  if (first?.["version"] !== 1 || typeof id !== "string" || !isOwner(owner)) return null;
  if (!isArrayOf(folders, isString) || !isArrayOf(steps, isNamedStep)) return null;
  const prepared = second?.["prepared"];
  const ways = isArrayOf(prepared, isPrepared) ? prepared : [];
  return {
    id,
    begun: typeof begun === "number" ? begun : 0,
    owner,
    folders: folders.map((path): FolderStep => ({ path, isBlocked: false })),
    steps: steps.map((step, index): Step => ({ ...step, ...(ways[index] ?? { way: "swap", identity: null }) })),
    isDone: third?.["done"] === true,
  };
}

/**
 * Undoes, or cleans up after, a commit that nobody will finish, and removes its journal.
 * @param record null for a journal that was cut off in its first line: nothing had been done
 * @throws PatchCommitError when a file cannot be put back; the journal stays
 */
export async function recover(path: string, record: CommitRecord | null, operations: FileOperations): Promise<void> {
  if (record === null) {
    await removeForeign(path, operations);
    return;
  }
  const steps: Step[] = [];
  for (const step of record.steps) if (await isProven(step, record.id, operations)) steps.push(step);
  const folders = record.folders.filter((folder) => mayRemove(folder.path, dirname(path), steps));
  const failed = record.isDone
    ? await discardCopies(steps, operations)
    : await undoSteps({ steps, folders }, operations, new Map());
  if (failed.length > 0) {
    throw new PatchCommitError("failed", `Failed to undo a patch that was cut off in ${dirname(path)}`, failed);
  }
  await removeJournal(path, record.id, operations);
}

/** Something that is no journal: begun and cut off, or put there by somebody else. */
async function removeForeign(path: string, operations: FileOperations): Promise<void> {
  try {
    await operations.remove(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw new PatchCommitError(
      "failed",
      `Failed to remove ${path}, which is no journal: ${osReason(error)}`,
      [],
      error,
    );
  }
}

async function isProven(step: Step, id: string, operations: FileOperations): Promise<boolean> {
  const folder = dirname(step.fresh);
  const isNamedByUs = isOwnName(step.fresh, id) && isOwnName(step.old, id) && dirname(step.old) === folder;
  if (!isNamedByUs || !isFreeBelow(folder, step.target)) return false;
  for (const copy of [step.fresh, step.old]) {
    const { kind } = await operations.inspect(copy);
    if (kind === "file" || kind === "symlink") return true;
  }
  return false;
}

/** An empty folder may go when a proven step was in it, or when it lies in the patch's own folder. */
function mayRemove(folder: string, patchFolder: string, steps: readonly Step[]): boolean {
  return isFreeBelow(patchFolder, folder) || steps.some((step) => step.target.startsWith(folder + sep));
}

/** Whether a path lies in a folder, with no name on the way that a sandbox protects. */
function isFreeBelow(folder: string, path: string): boolean {
  const prefix = folder.endsWith(sep) ? folder : folder + sep;
  if (normalize(path) !== path || !path.startsWith(prefix)) return false;
  const names = path.slice(prefix.length).toLowerCase().split(sep);
  return !names.some((name) => name === ".git" || name === ".codex");
}

/** Only the journal that was read: another process may have undone it too and begun its own. */
async function removeJournal(path: string, id: string, operations: FileOperations): Promise<void> {
  try {
    const now = parseRecord(Buffer.from(await operations.read(path)).toString("utf8"));
    if (now?.id === id) await operations.remove(path);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
}

type Line = Record<string, unknown>;

function parseLine(text: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined; // cut off by a kill
  }
}

function isRecord(value: unknown): value is Line {
  return typeof value === "object" && value !== null;
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isArrayOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is T[] {
  return Array.isArray(value) && value.every(isItem);
}

function isOwner(value: unknown): value is Owner {
  return (
    isRecord(value) && typeof value["pid"] === "number" && isString(value["started"]) && isString(value["namespace"])
  );
}

function isNamedStep(value: unknown): value is Pick<Step, "kind" | "target" | "fresh" | "old"> {
  return (
    isRecord(value) &&
    (value["kind"] === "create" || value["kind"] === "replace" || value["kind"] === "remove") &&
    isString(value["target"]) &&
    isString(value["fresh"]) &&
    isString(value["old"])
  );
}

function isPrepared(value: unknown): value is Pick<Step, "way" | "identity"> {
  return (
    isRecord(value) &&
    (value["way"] === "swap" || value["way"] === "rewrite") &&
    (value["identity"] === null || isString(value["identity"]))
  );
}
