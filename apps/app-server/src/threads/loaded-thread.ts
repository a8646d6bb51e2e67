/** A thread of this process with its listeners: every event is heard once, in order, by all of them. */

import type { AskedEvent } from "@codex-ts/app-server-protocol";
import type { Thread } from "@codex-ts/core";
import type { ThreadEvent, TurnId, TurnOutcome } from "@codex-ts/protocol";
import type { Connection } from "../router/connection.js";
import { Listener, type ListenerOptions } from "./listener.js";

/** Events that are kept for a thread that nobody listens to. */
const MAX_BACKLOG = 1_000;

/** A turn that was started and has not ended. */
interface OpenTurn {
  id: TurnId;
  /** Whether input goes into it while it runs. */
  steers: boolean;
}

/** A loaded thread. */
export class LoadedThread {
  readonly thread: Thread;
  /** Unix milliseconds. */
  readonly loadedAt = Date.now();
  /** Set while a rollback waits for its event. */
  rollingBack = false;
  readonly #listeners = new Map<Connection, Listener>();
  /** Subscriptions of the older way, by their ids. */
  readonly #v1 = new Map<string, Connection>();
  /** Those who listen without a subscription: until they leave. */
  readonly #lasting = new Set<Connection>();
  /** Those who ended their subscription while nobody else listened: they may come back for what was said meanwhile. */
  readonly #away = new Map<Connection, Listener>();
  /** Questions that wait for an answer: clients that come later are asked, too. */
  readonly #open = new Map<string, AskedEvent>();
  #backlog: ThreadEvent[] | null = [];
  #turns: OpenTurn[] = [];
  #onTurnEnd: ((outcome: TurnOutcome) => void)[] = [];
  readonly #watchers = new Set<(event: ThreadEvent) => void>();

  /** @param ending aborted when the server ends: that it closes its threads then is told to nobody */
  constructor(thread: Thread, ending: AbortSignal) {
    this.thread = thread;
    thread.subscribe((event) => {
      const closes = event.type === "notice" && event.notice.kind === "shutdownComplete";
      if (!closes || !ending.aborted) this.#take(event);
    });
  }

  /** The turn that runs, or is about to; null when there is none. */
  get turn(): OpenTurn | null {
    return this.#turns[0] ?? null;
  }

  /** The turn that input goes into when it is sent now; null when it begins one. */
  get inputTurn(): OpenTurn | null {
    const last = this.#turns.at(-1);
    return last?.steers ? last : null;
  }

  /** The running turn is about to be interrupted: what is said from now on is not for it. */
  interrupting(): void {
    if (this.turn !== null) this.turn.steers = false;
  }

  /** Clients that listen. */
  get clients(): Connection[] {
    return [...this.#listeners.keys()];
  }

  /** A turn was submitted; its listeners know of it when they were told. */
  turnSubmitted(id: TurnId, { steers, announced }: { steers: boolean; announced: boolean }): void {
    this.#turns.push({ id, steers });
    if (announced) for (const listener of this.#listeners.values()) listener.announced(id);
  }

  /** Called once at the end of the running turn, before its listeners hear of it. */
  onTurnEnd(action: (outcome: TurnOutcome) => void): void {
    this.#onTurnEnd.push(action);
  }

  /** Hears events after the listeners. @returns a function that ends it */
  watch(watcher: (event: ThreadEvent) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** A client listens from now on; the first one also hears what was said before. A second time changes nothing. */
  listen(connection: Connection, options: ListenerOptions): void {
    this.#lasting.add(connection);
    this.#hear(connection, options);
  }

  /** A client listens in the older way, under an id of its own. Each client hears everything once all the same. */
  listenV1(connection: Connection, subscriptionId: string, rawEvents: boolean): void {
    this.#v1.set(subscriptionId, connection);
    this.#hear(connection, { form: "v1", rawEvents });
  }

  /** Ends one of them. @returns false when there is none of that id */
  endV1(subscriptionId: string): boolean {
    const connection = this.#v1.get(subscriptionId);
    if (connection === undefined) return false;
    this.#v1.delete(subscriptionId);
    const stays = this.#lasting.has(connection) || [...this.#v1.values()].includes(connection);
    if (!stays) this.#pause(connection);
    return true;
  }

  /** A client hears no more. What only it could answer is answered with no. @returns false when it did not listen */
  leave(connection: Connection): boolean {
    const listener = this.#listeners.get(connection);
    if (listener === undefined) return this.#stayAway(connection);
    this.#listeners.delete(connection);
    this.#lasting.delete(connection);
    for (const [id, other] of this.#v1) if (other === connection) this.#v1.delete(id);
    listener.end();
    if (this.#listeners.size === 0) this.thread.refuseQuestions("disconnect");
    return true;
  }

  /** A client of v1 ends its subscription: the last one finds what was said meanwhile when it subscribes again. */
  #pause(connection: Connection): void {
    const listener = this.#listeners.get(connection);
    if (listener === undefined || this.#listeners.size > 1) {
      this.leave(connection);
      return;
    }
    this.#listeners.delete(connection);
    this.#away.set(connection, listener);
    this.#backlog = [];
  }

  /** A client that might have come back does not. @returns false: it did not listen */
  #stayAway(connection: Connection): false {
    const former = this.#away.get(connection);
    if (former === undefined) return false;
    this.#away.delete(connection);
    former.end();
    if (this.#away.size > 0 || this.#listeners.size > 0) return false;
    this.#backlog = null;
    this.thread.refuseQuestions("disconnect");
    return false;
  }

  #hear(connection: Connection, options: ListenerOptions): void {
    if (this.#listeners.has(connection)) return;
    const former = this.#away.get(connection) ?? null;
    this.#away.delete(connection);
    const listener = new Listener(connection, this.thread, options, former);
    const running = this.#turns[0];
    if (running !== undefined && this.#backlog === null) listener.announced(running.id);
    this.#listeners.set(connection, listener);
    const backlog = this.#backlog ?? [];
    this.#backlog = null;
    for (const asked of this.#open.values()) if (!backlog.includes(asked)) listener.ask(asked);
    for (const event of backlog) listener.hear(event);
  }

  #take(event: ThreadEvent): void {
    if (event.type === "turn.started") this.#turnStarted(event.turnId ?? "");
    if (event.type === "turn.ended") this.#turnEnded(event.turnId ?? "", event.outcome);
    if (event.type === "question.asked") this.#open.set(event.question.id, event);
    if (event.type === "question.answered") this.#questionAnswered(event);
    if (this.#backlog !== null) this.#keep(event);
    else for (const listener of this.#listeners.values()) listener.hear(event);
    // Nobody is there who could be asked.
    if (event.type === "question.asked" && this.#backlog === null && this.#listeners.size === 0) {
      this.thread.refuseQuestions("disconnect");
    }
    for (const watcher of this.#watchers) watcher(event);
  }

  /** Some answers end the turn, too. */
  #questionAnswered({ questionId, answer }: Extract<ThreadEvent, { type: "question.answered" }>): void {
    this.#open.delete(questionId);
    const isApproval = answer.kind === "command" || answer.kind === "fileChange";
    if (isApproval && answer.decision === "abort") this.interrupting();
  }

  #turnStarted(id: TurnId): void {
    if (!this.#turns.some((turn) => turn.id === id)) this.#turns.unshift({ id, steers: true });
  }

  #turnEnded(id: TurnId, outcome: TurnOutcome): void {
    this.#turns = this.#turns.filter((turn) => turn.id !== id);
    for (const action of this.#onTurnEnd.splice(0)) action(outcome);
  }

  /** Pieces are said again as a whole, so they are the first to go without. */
  #keep(event: ThreadEvent): void {
    if (this.#backlog === null) return;
    this.#backlog.push(event);
    if (this.#backlog.length <= MAX_BACKLOG) return;
    const piece = this.#backlog.findIndex(({ type }) => type === "item.delta");
    this.#backlog.splice(Math.max(piece, 0), 1);
  }
}
