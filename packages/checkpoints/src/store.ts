/** The place of one workspace's checkpoints: a Git folder of our own, and one small file per step. */

import { createHash } from "node:crypto";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { codeOf } from "./errors.js";

/** Something that changed files and can be taken back. */
export interface Step {
  /** Sorts by time of creation. */
  id: string;
  kind: "turn" | "restore";
  threadId: string;
  /** The turn that changed the files, or in which they were restored; empty outside of one. */
  turnId: string;
  /** Unix milliseconds. */
  startedAt: number;
  /** The files before, as a Git tree. */
  before: string;
  /** The files after; null while it runs, or when the process died in it. */
  after: string | null;
  /** For a restore: the steps it took back. */
  undoes: string[];
  /** Files that are in neither tree. */
  notCovered: LeftOutFile[];
}

/** A file or folder without protection. */
export interface LeftOutFile {
  /** Relative to the workspace, with `/`. */
  path: string;
  reason: "too-large" | "unreadable" | "nested-repository";
}

/** Paths of a store. */
export interface Store {
  /** The workspace's top folder. */
  root: string;
  folder: string;
  gitDir: string;
  /** The index that all processes share; replaced whole, never written in place. */
  index: string;
  steps: string;
}

/** All stores of a Codex home. */
export function storesFolder(codexHome: string): string {
  return join(codexHome, "checkpoints");
}

/** Opens the store of a workspace and makes what is missing of it. Only this user can look into it. */
export function openStore(codexHome: string, root: string): Store {
  const real = realpathSync(root);
  const folder = join(storesFolder(codexHome), createHash("sha256").update(real).digest("hex").slice(0, 24));
  const gitDir = join(folder, "git");
  const store = { root: real, folder, gitDir, index: join(gitDir, "index"), steps: join(folder, "steps") };
  for (const part of ["objects/info", "objects/pack", "refs/steps", "info"]) {
    mkdirSync(join(gitDir, part), { recursive: true, mode: 0o700 });
  }
  mkdirSync(store.steps, { recursive: true, mode: 0o700 });
  replaceFile(join(folder, "workspace"), `${real}\n`);
  replaceFile(join(gitDir, "config"), "[core]\n\trepositoryformatversion = 0\n\tbare = false\n");
  // Contents are kept byte for byte: nothing of the workspace's own attributes applies.
  replaceFile(
    join(gitDir, "info", "attributes"),
    "* -text -eol -crlf -ident -filter -working-tree-encoding -merge -diff\n",
  );
  replaceFile(join(gitDir, "HEAD"), "ref: refs/heads/none\n");
  return store;
}

/** Marks a store as used: unused ones are removed after a while. */
export function touchStore(store: Store, now: number): void {
  utimesSync(store.folder, now / 1000, now / 1000);
}

/** What is known of cleaning up: `begun`, perhaps to be stopped, or `cleaned`, to the end. */
export type CleaningNote = "begun" | "cleaned";

/** When somebody last noted this of the store, in unix milliseconds; 0: nobody yet. */
export function cleaningNotedAt(store: Store, note: CleaningNote): number {
  return statSync(join(store.folder, note), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** For `cleaningNotedAt`. */
export function noteCleaning(store: Store, note: CleaningNote, now: number): void {
  replaceFile(join(store.folder, note), "\n");
  utimesSync(join(store.folder, note), now / 1000, now / 1000);
}

/** All steps, oldest first. Damaged files are passed over: a step that cannot be read cannot be taken back. */
export function readSteps(store: Store): Step[] {
  return stepFiles(store).flatMap((name) => {
    const step = parseStep(readIfPresent(join(store.steps, name)) ?? "");
    return step === null ? [] : [step];
  });
}

/** Keeps a step and its trees, also over a crash: the trees first. */
export function saveStep(store: Store, step: Step): void {
  replaceFile(join(store.gitDir, "refs", "steps", `${step.id}-before`), `${step.before}\n`);
  if (step.after !== null) replaceFile(join(store.gitDir, "refs", "steps", `${step.id}-after`), `${step.after}\n`);
  replaceFile(join(store.steps, `${step.id}.json`), `${JSON.stringify(step)}\n`);
}

/** Forgets a step; its trees are freed by the next clean-up. */
export function removeStep(store: Store, id: string): void {
  rmSync(join(store.steps, `${id}.json`), { force: true });
  rmSync(join(store.gitDir, "refs", "steps", `${id}-before`), { force: true });
  rmSync(join(store.gitDir, "refs", "steps", `${id}-after`), { force: true });
}

/** An id that sorts by time; the tail keeps two processes apart. */
export function newStepId(now: number): string {
  const tail = Math.floor(Math.random() * 36 ** 4);
  return `${now.toString(36).padStart(9, "0")}-${tail.toString(36).padStart(4, "0")}`;
}

/** A reader sees the old content or the new one, never a part. Nothing is written when nothing changed. */
export function replaceFile(path: string, content: string): void {
  if (readIfPresent(path) === content) return;
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, content, { mode: 0o600 });
  renameSync(temporary, path);
}

function stepFiles(store: Store): string[] {
  return readdirSync(store.steps)
    .filter((name) => name.endsWith(".json"))
    .toSorted();
}

/** A file's text, or null when there is none. */
export function readIfPresent(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

const TREE = /^[0-9a-f]{40,64}$/;

/** Files in the store are our own; this keeps out what was cut off or meddled with. */
function parseStep(text: string): Step | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Cut off by a full disk: nothing to take back.
    return null;
  }
  return isStep(value) ? value : null;
}

function isStep(value: unknown): value is Step {
  if (typeof value !== "object" || value === null) return false;
  const step = new Map<string, unknown>(Object.entries(value));
  const after = step.get("after");
  return (
    /^[0-9a-z]+-[0-9a-z]+$/.test(String(step.get("id"))) &&
    (step.get("kind") === "turn" || step.get("kind") === "restore") &&
    TREE.test(String(step.get("before"))) &&
    (after === null || TREE.test(String(after))) &&
    typeof step.get("threadId") === "string" &&
    typeof step.get("turnId") === "string" &&
    typeof step.get("startedAt") === "number" &&
    Array.isArray(step.get("undoes")) &&
    Array.isArray(step.get("notCovered"))
  );
}
