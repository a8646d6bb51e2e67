/** Checkpoints of one workspace: a snapshot before something changes files, another one after it, and the way back. */

import { setTimeout as wait } from "node:timers/promises";
import { cleanStore, removeUnusedStores } from "./clean-up.js";
import { NotCoveredError } from "./errors.js";
import { type CheckpointLimits, DEFAULT_LIMITS } from "./limits.js";
import { raceAbort } from "./race-abort.js";
import { type Snapshot, snapshotTaker } from "./snapshot.js";
import {
  type CleaningNote,
  cleaningNotedAt,
  type LeftOutFile,
  newStepId,
  noteCleaning,
  openStore,
  readSteps,
  removeStep,
  saveStep,
  type Step,
  touchStore,
} from "./store.js";
import { previewUndo, undo, type UndoPreview, type UndoResult } from "./undo.js";

/** Whose files, and where checkpoints are kept. */
export interface CheckpointsOptions {
  codexHome: string;
  /** From `workspaceRoot`. */
  root: string;
  limits?: Partial<CheckpointLimits>;
  /** Unix milliseconds. @default Date.now */
  now?: () => number;
}

/** A turn of a thread. */
export interface TurnName {
  threadId: string;
  turnId: string;
}

/** Whether a turn's changes can be taken back. */
export type Coverage =
  | { kind: "covered"; stepId: string; notCovered: LeftOutFile[] }
  | { kind: "uncovered"; error: NotCoveredError };

/** Checkpoints of one workspace. */
export interface Checkpoints {
  readonly root: string;
  /**
   * Called before each call of a turn that can write; the first one takes the snapshot, later ones share it. Waits a bounded
   * time and never throws but for the signal: a turn goes on uncovered rather than not at all.
   * @param options.waitMs milliseconds. @default 2000
   */
  before(turn: TurnName, options?: { waitMs?: number; signal?: AbortSignal }): Promise<Coverage>;
  /**
   * Called when the turn has ended: what changes from now on is not its work. Costs nothing for an uncovered turn, nor for one
   * whose calls were all given up before the snapshot was there. Waits a bounded time; a snapshot that takes longer ends the
   * step when it is there. Never throws for one that fails.
   * @param options.waitMs milliseconds. @default 2000
   */
  after(turn: TurnName, options?: { waitMs?: number }): Promise<void>;
  /** What can be taken back, oldest first: turns that changed files and restores, without those already taken back. */
  steps(): Step[];
  /** @param stepIds of `steps()` */
  preview(stepIds: readonly string[]): Promise<UndoPreview>;
  /**
   * Puts files back as they were before these steps. Files changed since stay unless named in `overwrite`. The result's
   * `stepId` takes it back again.
   * @param signal counts until the first file is touched
   */
  undo(
    stepIds: readonly string[],
    turn: TurnName,
    overwrite?: readonly string[] | "all",
    signal?: AbortSignal,
  ): Promise<UndoResult>;
  /**
   * Frees what is beyond the quotas; for idle times. A snapshot does not wait for it but stops it. Gives the number of
   * steps that went.
   * @param options.unlessWithinMs does nothing where any process did it so recently, or began it so recently and no more than
   * an hour ago. @default 0
   */
  cleanUp(options?: { unlessWithinMs?: number }): Promise<number>;
  /** Stops what still goes on in the background. What was stored stays whole; later calls find a store as after a crash. */
  close(): void;
}

/** A turn that is not over. */
interface OpenTurn {
  coverage: Promise<Coverage>;
  /** What a call waited for to its end; null: none did. */
  told: Coverage | null;
}

const WAIT_MS = 2_000;
/** A clean-up that was stopped has to begin anew: not with every turn. */
const AGAIN_AFTER_MS = 3600_000;

/** Opens the checkpoints of a workspace; takes nothing yet. @throws the system's error when the store cannot be made */
export function openCheckpoints(options: CheckpointsOptions): Checkpoints {
  const { codexHome, now = Date.now } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const store = openStore(codexHome, options.root);
  const taker = snapshotTaker(store, codexHome, limits);
  /** Turns whose changes are not complete yet. */
  const open = new Map<string, OpenTurn>();
  const closing = new AbortController();

  async function begin(turn: TurnName, waitMs: number): Promise<Coverage> {
    const startedAt = now();
    try {
      // A snapshot that comes late is no use to this turn, but the next one will be quick.
      const taken = await within(waitMs, taker.take(closing.signal));
      if (taken === null) {
        const text = `This turn cannot be undone: the snapshot of ${store.root} takes more than ${waitMs / 1000} s.`;
        return { kind: "uncovered", error: new NotCoveredError("too-slow", text) };
      }
      // Turns of a thread follow each other: one without an end was cut off, and is over by now.
      for (const step of readSteps(store)) {
        if (step.threadId === turn.threadId && step.after === null) end(step, taken);
      }
      const { tree: before, notCovered } = taken;
      const id = newStepId(startedAt);
      saveStep(store, { id, kind: "turn", ...turn, startedAt, before, after: null, undoes: [], notCovered });
      touchStore(store, startedAt);
      return { kind: "covered", stepId: id, notCovered };
    } catch (error) {
      return { kind: "uncovered", error: notCovered(error) };
    }
  }

  /** All calls of the turn were given up before they began: it changed nothing, and nobody waits for its snapshot. */
  async function forget(begun: Promise<Coverage>): Promise<void> {
    const coverage = await begun;
    if (coverage.kind === "uncovered") return;
    try {
      removeStep(store, coverage.stepId);
    } catch {
      // It stays without an end, as after a crash.
    }
  }

  function end(step: Step, { tree, notCovered }: Snapshot): void {
    if (tree === step.before) removeStep(store, step.id);
    else saveStep(store, { ...step, after: tree, notCovered });
  }

  /** A step that has gone, or has ended otherwise, is left alone. */
  function endLater(stepId: string, snapshot: Snapshot): void {
    const step = readSteps(store).find(({ id }) => id === stepId);
    if (step?.after === null) end(step, snapshot);
  }

  /** A time to come is a clock that was set back. */
  function isWithin(note: CleaningNote, ms: number): boolean {
    const age = now() - cleaningNotedAt(store, note);
    return age >= 0 && age < ms;
  }

  function active(): Step[] {
    const undone = new Set<string>();
    const steps: Step[] = [];
    for (const step of readSteps(store).toReversed()) {
      if (undone.has(step.id)) continue;
      for (const id of step.undoes) undone.add(id);
      steps.push(step);
    }
    return steps.toReversed();
  }

  function named(stepIds: readonly string[]): Step[] {
    const steps = active().filter((step) => stepIds.includes(step.id));
    const missing = stepIds.find((id) => !steps.some((step) => step.id === id));
    if (missing !== undefined) {
      throw new NotCoveredError(
        "failed",
        `There is no checkpoint ${missing}: it was taken back already, or is too old.`,
      );
    }
    return steps;
  }

  return {
    root: store.root,
    async before(turn, { waitMs = WAIT_MS, signal } = {}) {
      const key = keyOf(turn);
      let begun = open.get(key);
      if (begun === undefined) {
        begun = { coverage: begin(turn, waitMs), told: null };
        open.set(key, begun);
      }
      const { coverage } = begun;
      begun.told = await (signal === undefined ? coverage : raceAbort(coverage, signal));
      return begun.told;
    },
    async after(turn, { waitMs = WAIT_MS } = {}) {
      const key = keyOf(turn);
      const begun = open.get(key);
      open.delete(key);
      if (begun?.told === null) void forget(begun.coverage);
      if (begun?.told?.kind !== "covered") return;
      const { stepId } = begun.told;
      try {
        await within(
          waitMs,
          taker.take(closing.signal).then((snapshot) => endLater(stepId, snapshot)),
        );
      } catch {
        // The step stays without an end: whatever changes before the next one counts as its work, as after a crash.
      }
    },
    steps: active,
    preview: async (stepIds) => previewUndo(store, taker, named(stepIds)),
    undo: async (stepIds, turn, overwrite = [], signal = closing.signal) =>
      undo(store, taker, { steps: named(stepIds), overwrite, ...turn, now: now(), signal }),
    cleanUp: ({ unlessWithinMs = 0 } = {}) =>
      taker.whenIdle(async (wanted) => {
        const signal = AbortSignal.any([wanted, closing.signal]);
        const again = Math.min(unlessWithinMs, AGAIN_AFTER_MS);
        if (signal.aborted || isWithin("cleaned", unlessWithinMs) || isWithin("begun", again)) return 0;
        try {
          noteCleaning(store, "begun", now());
          touchStore(store, now());
          await removeUnusedStores(codexHome, store, limits, now(), signal);
          const removed = await cleanStore(store, limits, now(), signal);
          if (removed !== null) noteCleaning(store, "cleaned", now());
          return removed ?? 0;
        } catch (error) {
          if (signal.aborted) return 0; // another time does it
          noteCleaning(store, "cleaned", now());
          throw error;
        }
      }),
    close: () => closing.abort(),
  };
}

/** Waits for a promise, but not longer than `ms`: then null, and how it ends is nobody's concern any more. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | null> {
  const timer = new AbortController();
  try {
    return await Promise.race([promise, wait(ms, null, { signal: timer.signal })]);
  } finally {
    timer.abort();
    promise.catch(() => undefined); // who still waits has heard of it; who gave up does not care
  }
}

function keyOf({ threadId, turnId }: TurnName): string {
  return `${threadId}\0${turnId}`;
}

function notCovered(error: unknown): NotCoveredError {
  if (error instanceof NotCoveredError) return error;
  const text = error instanceof Error ? error.message : String(error);
  return new NotCoveredError("failed", `This turn cannot be undone: ${text}`, { cause: error });
}
