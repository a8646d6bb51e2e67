/** A thread as its owner holds it: operations go in, events come out. */

import type {
  AgentStatus,
  Answer,
  AnsweredBy,
  Op,
  QuestionId,
  SessionSource,
  ThreadEvent,
  ThreadId,
  TurnId,
} from "@codex-ts/protocol";
import { isFinal } from "../agents/waiting.js";
import type { EventListener } from "../session/event-log.js";
import type { Operations } from "../session/operations.js";
import type { Session } from "../session/session.js";
import { SubmissionQueue } from "./submission-queue.js";

/** One agent session. */
export class Thread {
  readonly id: ThreadId;
  readonly #session: Session;
  readonly #operations: Operations;
  readonly #queue = new SubmissionQueue();
  readonly #ended: Promise<void>;
  #submissions = 0;
  #status: AgentStatus = "pending_init";
  readonly #waiting = new Set<() => void>();

  constructor(session: Session, operations: Operations) {
    this.id = session.id;
    this.#session = session;
    this.#operations = operations;
    this.#ended = this.#work();
  }

  /** Path of the session file; null for an ephemeral thread. */
  get rolloutPath(): string | null {
    return this.#session.rollout?.path ?? null;
  }

  /** How the thread is, by what it said last. */
  get status(): AgentStatus {
    return this.#status;
  }

  /** The settings that the next turn begins with. */
  get settings(): Session["settings"] {
    return this.#session.settings;
  }

  /** Which program, or which other thread, started it. */
  get source(): SessionSource {
    return this.#session.source;
  }

  /** What it was started with. */
  get config(): Session["config"] {
    return this.#session.config;
  }

  /** The turn in progress; null when nothing runs. */
  get activeTurnId(): TurnId | null {
    return this.#operations.activeTurnId;
  }

  /** The id that an operation will have, for those who must tell it before they submit the operation. */
  reserveId(): string {
    return String(this.#submissions++);
  }

  /**
   * Queues an operation; they are carried out strictly in order.
   * @param id the id of its events, and of the turn it starts; a counter unless given
   * @returns that id
   * @throws {ThreadClosedError} after `shutdown`; what was queued behind it is dropped
   */
  async submit(op: Op, id: string = this.reserveId()): Promise<string> {
    await this.#queue.push({ id, op });
    return id;
  }

  /** Hears every event from now on; the first listener hears those from before, too. @returns a function that ends it */
  subscribe(listener: EventListener): () => void {
    return this.#session.log.subscribe(listener);
  }

  /** Answers a question. @returns false when nothing waits for it */
  answer(id: QuestionId, answer: Answer, by: AnsweredBy = "client"): boolean {
    return this.#operations.answer(id, answer, by);
  }

  /** Answers everything that waits with no: the client is gone. */
  refuseQuestions(by: AnsweredBy): void {
    this.#session.questions.refuseAll(by);
  }

  /** Resolves when the thread's status is final, or when the signal says so. */
  async whenFinal(signal: AbortSignal): Promise<void> {
    if (isFinal(this.#status) || signal.aborted) return;
    const final = Promise.withResolvers<void>();
    this.#waiting.add(final.resolve);
    signal.addEventListener("abort", () => final.resolve(), { once: true });
    await final.promise;
    this.#waiting.delete(final.resolve);
  }

  /** Resolves when the thread has shut down. */
  async ended(): Promise<void> {
    await this.#ended;
  }

  async #work(): Promise<void> {
    this.#session.log.observe((event) => this.#follow(event));
    for (;;) {
      const submission = await this.#queue.next();
      if (submission === null) return;
      try {
        await this.#operations.perform(submission);
      } catch (error) {
        this.#session.services.report(error, `operation ${submission.op.type}`);
      }
      if (submission.op.type === "shutdown") this.#queue.close();
    }
  }

  #follow(event: ThreadEvent): void {
    this.#status = statusAfter(event, this.#status);
    if (!isFinal(this.#status)) return;
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}

/** How a thread is after an event. */
function statusAfter(event: ThreadEvent, before: AgentStatus): AgentStatus {
  if (event.type === "turn.started") return "running";
  if (event.type === "notice" && event.notice.kind === "shutdownComplete") return "shutdown";
  if (event.type !== "turn.ended") return before;
  switch (event.outcome.kind) {
    case "completed":
      return { completed: event.lastAgentMessage };
    case "failed":
      return { errored: event.outcome.error.message };
    case "interrupted":
      return { errored: statusWord(event.outcome.reason) };
  }
}

function statusWord(reason: "interrupted" | "replaced" | "review_ended"): string {
  return { interrupted: "Interrupted", replaced: "Replaced", review_ended: "ReviewEnded" }[reason];
}
