/** What one client hears of one thread, and what it is asked. */

import {
  answerOf,
  type AskedEvent,
  createV2State,
  isSentToV1,
  type ServerRequestMethod,
  v1QuestionOf,
  v2Of,
  v2QuestionOf,
  type V2State,
  withoutAnswer,
} from "@codex-ts/app-server-protocol";
import type { Thread } from "@codex-ts/core";
import {
  legacyOf,
  type LegacyOptions,
  type Question,
  type RequestId,
  submissionIdOf,
  type ThreadEvent,
} from "@codex-ts/protocol";
import { quoteCommand } from "@codex-ts/shell-command";
import type { Connection } from "../router/connection.js";

/** In which language a client listens: that decides how it is asked, and which notifications it gets. */
export type ListenerForm = "v1" | "v2";

/** How a client listens. */
export interface ListenerOptions {
  form: ListenerForm;
  rawEvents: boolean;
}

/** One client's ear at one thread. */
export class Listener {
  readonly connection: Connection;
  readonly #thread: Thread;
  readonly #options: ListenerOptions;
  readonly #state: V2State;
  readonly #legacy: LegacyOptions;
  /** The id of our request for each question that waits. */
  readonly #requests: Map<string, RequestId>;
  readonly #newer: boolean;
  readonly #threadIdText: string;
  #turnId = "";
  #turnIdText = '""';

  /** @param former the client's ear before it went: what it was asked then, it may still answer */
  constructor(connection: Connection, thread: Thread, options: ListenerOptions, former: Listener | null = null) {
    const rawEvents = options.rawEvents;
    this.#requests = former === null ? new Map() : former.#requests;
    this.connection = connection;
    this.#thread = thread;
    this.#options = options;
    this.#newer = connection.client?.newer ?? false;
    this.#state = createV2State({ quoteCommand, rawEvents, newer: this.#newer });
    this.#legacy = { showRawReasoning: thread.config.showRawAgentReasoning };
    this.#threadIdText = JSON.stringify(thread.id);
  }

  /** The client was told of the turn's beginning already. */
  announced(turnId: string): void {
    this.#state.announcedTurns.add(turnId);
  }

  /** Passes an event on. */
  hear(event: ThreadEvent): void {
    if (this.connection.client?.wantsLegacyEvents ?? true) this.#sendLegacy(event);
    for (const notification of v2Of(event, this.#state)) {
      if (this.#options.form === "v2" || isSentToV1(notification.method)) this.connection.notify(notification);
    }
    if (event.type === "question.asked") this.ask(event);
    if (event.type === "question.answered") this.#answered(event.questionId);
  }

  /** Asks the client, unless it was asked before it went. */
  ask(event: AskedEvent): void {
    const { question } = event;
    if (this.#requests.has(question.id)) return;
    const request = this.#options.form === "v2" ? v2QuestionOf(event, quoteCommand, this.#newer) : v1QuestionOf(event);
    if (request === null) {
      this.#thread.answer(question.id, withoutAnswer(question), "policy");
      return;
    }
    const id = this.connection.ask(request, (answer) => {
      this.#requests.delete(question.id);
      this.#answer(question, request.method, answer.kind === "result" ? answer.result : undefined);
    });
    this.#requests.set(question.id, id);
  }

  /** Hears no more; what it was asked is forgotten. */
  end(): void {
    for (const id of this.#requests.values()) this.connection.forget(id);
    this.#requests.clear();
  }

  /** The hot path of a turn: three texts are put together for every piece of a message. */
  #sendLegacy(event: ThreadEvent): void {
    if (event.type === "thread.configured" || (event.type === "response.item" && !this.#options.rawEvents)) return;
    const id = submissionIdOf(event);
    if (id !== this.#turnId) {
      this.#turnId = id;
      this.#turnIdText = JSON.stringify(id);
    }
    for (const message of legacyOf(event, this.#legacy)) {
      const params = `{"id":${this.#turnIdText},"msg":${JSON.stringify(message)},"conversationId":${this.#threadIdText}}`;
      this.connection.sendText(`{"method":"codex/event/${message.type}","params":${params}}`);
    }
  }

  /** An answer that is none means no. */
  #answer(question: Question, method: ServerRequestMethod, result: unknown): void {
    this.#thread.answer(question.id, answerOf(question, method, result), "client");
  }

  /** Somebody has answered, or nobody has to any more. */
  #answered(questionId: string): void {
    const requestId = this.#requests.get(questionId);
    if (requestId === undefined) return;
    this.#requests.delete(questionId);
    this.connection.forget(requestId);
    if (this.#newer) {
      this.connection.notify({ method: "serverRequest/resolved", params: { threadId: this.#thread.id, requestId } });
    }
  }
}
