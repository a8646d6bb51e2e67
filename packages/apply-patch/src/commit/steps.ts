/** The steps of a commit as data: what the journal records, the commit does, and an undo takes back. */

import { basename, dirname, join } from "node:path";
import type { PlannedWrite, PlannedWrites } from "../plan/planned-writes.js";

/** How a file gets its new content: by a rename, or, where that would lose links or its owner, by writing into it. */
export type Way = "swap" | "rewrite";

/** One file's step. `fresh` and `old` are our own files beside it: the new content, and what was there before. */
export interface Step {
  readonly kind: PlannedWrite["kind"];
  readonly target: string;
  readonly fresh: string;
  readonly old: string;
  way: Way;
  /** Identity of `fresh` once it is written: how the new file is known again after the rename. */
  identity: string | null;
}

/** A folder to create. */
export interface FolderStep {
  readonly path: string;
  /** A file that the patch removes is in its place, or in the place of a folder above it. */
  readonly isBlocked: boolean;
}

/** All steps of a commit. */
export interface Steps {
  /** Of this commit alone; part of every name it makes. */
  readonly id: string;
  /** Outermost first. */
  readonly folders: readonly FolderStep[];
  readonly steps: readonly Step[];
}

/** The steps for a plan, with names that no other commit has. */
export function stepsOf(plan: PlannedWrites): Steps {
  const id = crypto.randomUUID().slice(0, 13);
  const removed = new Set(plan.writes.filter((write) => write.kind === "remove").map((write) => write.path));
  const blocked = new Set<string>();
  const folders = plan.folders.map(({ path }): FolderStep => {
    const isBlocked = removed.has(path) || blocked.has(dirname(path));
    if (isBlocked) blocked.add(path);
    return { path, isBlocked };
  });
  const steps = plan.writes.map((write, index): Step => {
    const folder = freeFolder(write.path, blocked);
    return {
      kind: write.kind,
      target: write.path,
      fresh: join(folder, `.codex-patch-${id}-${index}.new`),
      old: join(folder, `.codex-patch-${id}-${index}.old`),
      way: write.kind === "replace" && write.before.links > 1 ? "rewrite" : "swap",
      identity: null,
    };
  });
  return { id, folders, steps };
}

/** Whether a path is one of ours, by its name. */
export function isOwnName(path: string, id: string): boolean {
  const name = basename(path);
  return name.startsWith(`.codex-patch-${id}-`) && /-\d+\.(?:new|old)$/.test(name);
}

/** The folder of a path, or the nearest one above it that can be there before the commit. */
function freeFolder(path: string, blocked: ReadonlySet<string>): string {
  let folder = dirname(path);
  while (blocked.has(folder)) folder = dirname(folder);
  return folder;
}
