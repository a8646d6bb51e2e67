/** Keeps the way back open: a snapshot of the workspace before something that can destroy work, and undo from it. */

import type { Checkpoints, UndoResult } from "@codex-ts/checkpoints";
import type { ThreadId, TurnId } from "@codex-ts/protocol";

/** What is about to happen. */
export type Danger =
  /** Work could be lost that nobody has elsewhere. */
  | "destroys"
  /** Files change. */
  | "writes";

/** Opens the checkpoints of the workspace around a folder; null where there are none (no project, no git). */
export type OpenCheckpoints = (cwd: string) => Promise<Checkpoints | null>;

/** A store within its quotas is left in peace for so long; at the end of a turn nobody waits for it. */
const CLEAN_EVERY_MS = 24 * 3600_000;
/** One that nobody had time for is cleaned up while a turn works, too. */
const CLEAN_AT_LAST_MS = 7 * CLEAN_EVERY_MS;

/** The checkpoints of one thread. */
export class SessionCheckpoints {
  readonly #threadId: ThreadId;
  readonly #open: OpenCheckpoints;
  /** With the feature `undo` every turn that writes can be taken back; without it only what destroys is covered. */
  readonly #always: boolean;
  readonly #warn: (text: string, turnId: TurnId) => void;
  readonly #report: (error: unknown) => void;
  readonly #touched = new Map<TurnId, Checkpoints>();
  /** Of all folders that the thread has worked in. */
  readonly #all = new Set<Checkpoints>();
  #opened: { cwd: string; checkpoints: Promise<Checkpoints | null> } | null = null;
  #warned = false;

  constructor(
    threadId: ThreadId,
    options: {
      open: OpenCheckpoints;
      always: boolean;
      warn: (text: string, turnId: TurnId) => void;
      /** Tells the log of what went wrong in the background. */
      report: (error: unknown) => void;
    },
  ) {
    this.#threadId = threadId;
    this.#open = options.open;
    this.#always = options.always;
    this.#warn = options.warn;
    this.#report = options.report;
  }

  /** Waits for the turn's snapshot where one is due, at most two seconds; then the call goes on, covered or not. */
  async before(danger: Danger, cwd: string, turnId: TurnId, signal: AbortSignal): Promise<void> {
    if (danger === "writes" && !this.#always) return;
    const checkpoints = await this.#atOrWarn(cwd, turnId);
    if (checkpoints === null) return;
    const isFirst = !this.#touched.has(turnId);
    this.#touched.set(turnId, checkpoints);
    const coverage = await checkpoints.before({ threadId: this.#threadId, turnId }, { signal });
    if (coverage.kind === "uncovered") this.#warnOnce(coverage.error.message, turnId);
    // A program that ends with its turn is never idle.
    if (isFirst) this.#cleanUp(checkpoints, CLEAN_AT_LAST_MS);
  }

  /**
   * The turn has ended: what changes from now on is not its work, so the end is not said before this is noted, or two
   * seconds have gone by.
   */
  async after(turnId: TurnId): Promise<void> {
    const checkpoints = this.#touched.get(turnId);
    if (checkpoints === undefined) return;
    this.#touched.delete(turnId);
    try {
      await checkpoints.after({ threadId: this.#threadId, turnId });
    } catch (error) {
      this.#warn(`The checkpoint of this turn could not be finished: ${String(error)}`, turnId);
    }
    this.#cleanUp(checkpoints, CLEAN_EVERY_MS);
  }

  /** The thread is shut down: nothing goes on for it. */
  close(): void {
    for (const checkpoints of this.#all) checkpoints.close();
  }

  /** Takes back the newest turn of this thread that changed files. null: there is nothing to take back. */
  async undoLatest(
    cwd: string,
    turnId: TurnId,
    signal: AbortSignal,
  ): Promise<{ undone: TurnId; result: UndoResult } | null> {
    const checkpoints = await this.#at(cwd);
    if (checkpoints === null) return null;
    const step = checkpoints.steps().findLast((candidate) => candidate.threadId === this.#threadId);
    if (step === undefined) return null;
    const result = await checkpoints.undo([step.id], { threadId: this.#threadId, turnId }, [], signal);
    return { undone: step.turnId, result };
  }

  /** A store that cannot be made is told once; work goes on without the way back. */
  async #atOrWarn(cwd: string, turnId: TurnId): Promise<Checkpoints | null> {
    try {
      return await this.#at(cwd);
    } catch (error) {
      this.#opened = null;
      this.#warnOnce(`No checkpoint could be taken: ${error instanceof Error ? error.message : String(error)}`, turnId);
      return null;
    }
  }

  /** Goes on in the background; what is already done, or has to give way to a snapshot, is done another time. */
  #cleanUp(checkpoints: Checkpoints, unlessWithinMs: number): void {
    checkpoints.cleanUp({ unlessWithinMs }).catch((error: unknown) => this.#report(error));
  }

  #warnOnce(text: string, turnId: TurnId): void {
    if (this.#warned) return;
    this.#warned = true;
    this.#warn(text, turnId);
  }

  #at(cwd: string): Promise<Checkpoints | null> {
    if (this.#opened?.cwd !== cwd) this.#opened = { cwd, checkpoints: this.#openAt(cwd) };
    return this.#opened.checkpoints;
  }

  async #openAt(cwd: string): Promise<Checkpoints | null> {
    const checkpoints = await this.#open(cwd);
    if (checkpoints !== null) this.#all.add(checkpoints);
    return checkpoints;
  }
}
