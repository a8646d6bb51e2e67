/** Decides what taking back some steps means for each file. Pure. */

import { sameEntry, type TreeChange, type TreeEntry } from "./tree-diff.js";

/** A step to be taken back, with what lies between it and the next one. */
export interface UndoneStep {
  /** What it changed. */
  changes: ReadonlyMap<string, TreeChange>;
  /** What was changed afterwards, up to the next undone step or to now: not ours. */
  changedSince: ReadonlyMap<string, TreeChange>;
}

/** What happens to one file. */
export interface PlannedChange {
  /** One character per byte. */
  name: string;
  /** How it is now. */
  now: TreeEntry;
  /** How it will be; null: it goes. */
  target: TreeEntry;
  /** Somebody else changed it after the step: taking it back loses that. */
  changedSince: boolean;
}

/**
 * Each file that a step changed goes back to how it was before the first of them that changed it; other files stay. So what
 * a person did between two steps survives where the later step did not build on it.
 * @param steps oldest first
 */
export function planUndo(steps: readonly UndoneStep[]): PlannedChange[] {
  const planned = new Map<string, PlannedChange>();
  for (const { changes, changedSince } of steps) {
    for (const [name, change] of changes) {
      const earlier = planned.get(name);
      if (earlier) earlier.now = change.to;
      else planned.set(name, { name, now: change.to, target: change.from, changedSince: false });
    }
    for (const [name, change] of changedSince) {
      const earlier = planned.get(name);
      if (!earlier) continue;
      earlier.now = change.to;
      earlier.changedSince = true;
    }
  }
  return [...planned.values()].filter((change) => !sameEntry(change.now, change.target));
}
