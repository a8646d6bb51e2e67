/** Runs one task at a time and gives every turn its one end, whatever happens in it. */

import { TurnConnection } from "@codex-ts/model-client";
import type { AbortReason, TurnId, TurnOutcome, UserInput } from "@codex-ts/protocol";
import { turnAborted } from "../generated/prompts.js";
import { recordPending } from "../context/user-input.js";
import { userMessage } from "../instructions/messages.js";
import type { Session } from "../session/session.js";
import { toolSetFor } from "../tools/tool-set.js";
import { CallLock } from "../turn/call-lock.js";
import { unexpectedError } from "../turn/errors.js";
import { TurnDiff } from "../turn/turn-diff.js";
import { PendingInputs } from "../turn/pending-inputs.js";
import { TurnFailure, type Turn } from "../turn/turn.js";
import type { Task } from "./task.js";

interface Running {
  task: Task;
  turn: Turn;
  controller: AbortController;
  done: Promise<void>;
}

/** What a turn is made with besides the session. */
export interface TurnOptions {
  outputSchema?: unknown;
}

/** The running task of a thread. */
export class TaskRunner {
  readonly #session: Session;
  readonly #onTurnEnd: (task: Task, turn: Turn, outcome: TurnOutcome, lastMessage: string | null) => void;
  #running: Running | null = null;
  #closed = false;

  constructor(
    session: Session,
    onTurnEnd: (task: Task, turn: Turn, outcome: TurnOutcome, lastMessage: string | null) => void,
  ) {
    this.#session = session;
    this.#onTurnEnd = onTurnEnd;
  }

  /** The turn in progress; null when nothing runs. */
  get turn(): Turn | null {
    return this.#running?.turn ?? null;
  }

  /** Begins a task; one that runs is replaced. After {@link close} nothing begins. */
  async start(task: Task, turnId: TurnId, options: TurnOptions = {}): Promise<void> {
    // Another one may have begun while this one waited for an end.
    while (this.#running !== null) await this.abort("replaced");
    if (this.#closed) return;
    const controller = new AbortController();
    const turn = this.#makeTurn(turnId, controller.signal, options);
    const running: Running = { task, turn, controller, done: Promise.resolve() };
    this.#running = running;
    running.done = this.#run(running).catch((error: unknown) => this.#session.services.report(error, "turn's end"));
  }

  /** Gives input to the running turn. @returns false when there is none that takes it; one that is cut short does not */
  steer(items: UserInput[]): boolean {
    if (this.#running === null || this.#running.task.steering === "refuses") return false;
    if (this.#running.controller.signal.aborted) return false;
    return this.#running.turn.pending.push({ kind: "user", items });
  }

  /** Cuts the running turn short and waits for its end. @returns false when nothing runs */
  async abort(reason: AbortReason): Promise<boolean> {
    const running = this.#running;
    if (running === null) return false;
    running.controller.abort(reason);
    await running.done;
    return true;
  }

  /** Cuts short what runs, and begins nothing any more. */
  async close(): Promise<void> {
    this.#closed = true;
    while (this.#running !== null) await this.abort("interrupted");
  }

  /** Waits until nothing runs. */
  async idle(): Promise<void> {
    await this.#running?.done;
  }

  #makeTurn(id: TurnId, signal: AbortSignal, { outputSchema }: TurnOptions): Turn {
    const session = this.#session;
    const { settings } = session;
    const model = session.services.models.profile(settings.model);
    return {
      id,
      session,
      settings,
      model,
      truncation: model.truncation,
      tools: toolSetFor(session, model),
      signal,
      connection: new TurnConnection(),
      lock: new CallLock(),
      diff: new TurnDiff(settings.cwd, (diff) => session.emit({ type: "turn.diff", diff }, id)),
      outputSchema,
      pending: new PendingInputs(),
    };
  }

  async #run(running: Running): Promise<void> {
    const { task, turn, controller } = running;
    const session = this.#session;
    let outcome: TurnOutcome;
    let lastMessage: string | null = null;
    try {
      lastMessage = await task.run(turn);
      outcome = controller.signal.aborted ? abortedOutcome(controller.signal) : { kind: "completed" };
    } catch (error) {
      outcome = this.#outcomeOf(error, controller.signal);
    }
    try {
      await this.#windUp(turn, outcome);
    } catch (error) {
      session.services.report(error, "turn's end");
    }
    // Whoever hears of the end may start the next turn at once.
    this.#running = null;
    if (outcome.kind !== "completed") lastMessage = null;
    session.emit({ type: "turn.ended", outcome, lastAgentMessage: lastMessage }, turn.id);
    void session.rollout?.sync();
    this.#onTurnEnd(task, turn, outcome, lastMessage);
  }

  /** Ends what is open, and brings the record in order. */
  async #windUp(turn: Turn, outcome: TurnOutcome): Promise<void> {
    const session = this.#session;
    turn.connection.close();
    session.items.endTurn(turn.id);
    // A message that came while the turn failed or was cut short was never told to the model: the next turn tells it.
    do await recordPending(turn);
    while (!turn.pending.closeIfEmpty());
    await session.checkpoints.after(turn.id);
    if (outcome.kind === "interrupted" && outcome.reason === "interrupted") {
      session.record([userMessage(`<turn_aborted>\n${turnAborted}\n</turn_aborted>`)], turn.id);
    }
    session.rollout?.flush();
  }

  #outcomeOf(error: unknown, signal: AbortSignal): TurnOutcome {
    if (signal.aborted) return abortedOutcome(signal);
    if (error instanceof TurnFailure) return { kind: "failed", error: error.error };
    this.#session.services.report(error, "turn");
    return { kind: "failed", error: unexpectedError(error) };
  }
}

function abortedOutcome(signal: AbortSignal): TurnOutcome {
  const reason: unknown = signal.reason;
  const known = reason === "replaced" || reason === "review_ended";
  return { kind: "interrupted", reason: known ? reason : "interrupted" };
}
