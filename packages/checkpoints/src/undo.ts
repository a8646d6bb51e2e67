/** Takes steps back: works out the plan against the files as they are now, and carries it out. */

import { mkdirSync } from "node:fs";
import { planUndo, type PlannedChange, type UndoneStep } from "./plan.js";
import { readable } from "./shadow-git.js";
import type { SnapshotTaker } from "./snapshot.js";
import { type LeftOutFile, newStepId, readSteps, saveStep, type Step, type Store } from "./store.js";
import { diffTrees } from "./tree-diff.js";
import { type FailedFile, writeBack } from "./write-back.js";

/** What taking steps back would do to one file. */
export interface UndoChange {
  /** Relative to the workspace, with `/`. */
  path: string;
  /** `create`: it is gone and comes back; `delete`: the steps made it; `restore`: its content or mode goes back. */
  action: "create" | "delete" | "restore";
  /** Changed after the steps, by a person or another program: kept unless told otherwise. */
  changedSince: boolean;
}

/** What taking steps back would do. */
export interface UndoPreview {
  changes: UndoChange[];
  /** Files the steps may have changed without anybody knowing what they were. */
  notCovered: LeftOutFile[];
}

/** What was done. */
export interface UndoResult {
  /** Takes the undo itself back; null when nothing had to be changed. */
  stepId: string | null;
  restored: string[];
  /** Left as they are because they were changed since. */
  kept: string[];
  failed: FailedFile[];
  notCovered: LeftOutFile[];
}

/** What to take back. */
export interface UndoRequest {
  /** Oldest first. */
  steps: readonly Step[];
  /** Paths that go back although they were changed since, or all of them. */
  overwrite: readonly string[] | "all";
  threadId: string;
  turnId: string;
  /** Unix milliseconds. */
  now: number;
  /** Counts until the first file is touched. */
  signal: AbortSignal;
}

/** Works out what `undo` would do; writes nothing outside of the store. */
export async function previewUndo(store: Store, taker: SnapshotTaker, steps: readonly Step[]): Promise<UndoPreview> {
  makeRoot(store);
  const { tree } = await taker.take();
  return { changes: (await plan(store, steps, tree)).map(shown), notCovered: notCoveredIn(steps) };
}

/** Takes steps back. The files as they are now are safe in the store before the first one is touched. */
export async function undo(store: Store, taker: SnapshotTaker, request: UndoRequest): Promise<UndoResult> {
  makeRoot(store);
  const { steps, overwrite, threadId, turnId, now, signal } = request;
  const { tree: before } = await taker.take(signal);
  const planned = await plan(store, steps, before);
  signal.throwIfAborted();
  const mayChange = (change: PlannedChange): boolean =>
    !change.changedSince || overwrite === "all" || overwrite.includes(readable(change.name));
  const kept = planned.filter((change) => !mayChange(change)).map((change) => readable(change.name));
  const wanted = planned.filter(mayChange);
  const notCovered = notCoveredIn(steps);
  if (wanted.length === 0) return { stepId: null, restored: [], kept, failed: [], notCovered };
  const undoes = steps.map((step) => step.id);
  const id = newStepId(now);
  const step: Step = { id, kind: "restore", threadId, turnId, startedAt: now, before, after: null, undoes, notCovered };
  saveStep(store, step);
  const { restored, failed } = await writeBack(store, wanted);
  const { tree: after } = await taker.take();
  saveStep(store, { ...step, after });
  return { stepId: id, restored, kept, failed, notCovered };
}

/** The workspace itself may be what was deleted. */
function makeRoot(store: Store): void {
  mkdirSync(store.root, { recursive: true });
}

async function plan(store: Store, steps: readonly Step[], now: string): Promise<PlannedChange[]> {
  const stored = readSteps(store);
  const undone: UndoneStep[] = [];
  for (const [at, step] of steps.entries()) {
    const next = steps[at + 1]?.before ?? now;
    // A step without an end was cut off: all that happened before the next one that was stored counts as its work.
    const after = step.after ?? stored.find(({ id }) => id > step.id)?.before ?? now;
    const [changes, changedSince] = await Promise.all([
      diffTrees(store, step.before, after),
      diffTrees(store, after, next),
    ]);
    undone.push({ changes, changedSince });
  }
  return planUndo(undone);
}

function shown({ name, now, target, changedSince }: PlannedChange): UndoChange {
  const action = target === null ? "delete" : now === null ? "create" : "restore";
  return { path: readable(name), action, changedSince };
}

function notCoveredIn(steps: readonly Step[]): LeftOutFile[] {
  const byPath = new Map(steps.flatMap((step) => step.notCovered.map((file) => [file.path, file] as const)));
  return [...byPath.values()];
}
