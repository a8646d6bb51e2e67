/** A thread as calls use it: one turn a call, its events told to the client, its questions asked there. */

import type { Thread } from "@codex-ts/core";
import { legacyOf, submissionIdOf, type Question, type ThreadEvent } from "@codex-ts/protocol";
import type { RpcConnection } from "../rpc/connection.js";
import type { RpcId } from "../rpc/message.js";
import { answered, failedIn, type CallResult } from "../tools/result.js";
import { answerOf, elicitationOf, needsForm } from "./elicitation.js";

/** A tools/call that is running. */
export interface RunningCall {
  requestId: RpcId;
  /** Fires when the client cancels it. */
  signal: AbortSignal;
}

/** What a thread needs of its client. */
export interface ThreadClient {
  connection: RpcConnection;
  /** Whether the client shows forms. */
  showsForms: () => boolean;
}

/** What a turn of the thread says to whoever waits for it. */
interface OpenTurn {
  call: RunningCall;
  ended: (result: CallResult) => void;
}

/** A thread of core with its client. */
export class McpThread {
  readonly #core: Thread;
  readonly #client: ThreadClient;
  /** Whether whole raw reasoning is told. */
  readonly #showRawReasoning: boolean;
  /** Questions that the client is being asked. */
  readonly #asked = new Map<string, AbortController>();
  /** Events from before the first turn; null once they are told, and for agents of threads, which run turns of their own. */
  #early: ThreadEvent[] | null;
  #turn: OpenTurn | null = null;
  /** Turns of a thread come one after the other. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(core: Thread, client: ThreadClient, showRawReasoning: boolean) {
    this.#core = core;
    this.#client = client;
    this.#showRawReasoning = showRawReasoning;
    this.#early = typeof core.source === "string" ? [] : null;
    core.subscribe((event) => this.#hear(event));
  }

  get id(): string {
    return this.#core.id;
  }

  /** Runs a turn after those that were asked for before. @param turnId id of its events; a counter unless given */
  async run(prompt: string, call: RunningCall, turnId?: string): Promise<CallResult> {
    const turn = this.#queue.then(() => this.#runNext(prompt, call, turnId));
    this.#queue = turn.catch(() => undefined); // the caller is told; the next turn runs all the same
    return await turn;
  }

  async #runNext(prompt: string, call: RunningCall, turnId: string | undefined): Promise<CallResult> {
    if (call.signal.aborted) return failedIn(this.id, INTERRUPTED);
    const interrupt = (): void => {
      this.#core.submit({ type: "interrupt" }).catch(() => undefined); // it has shut down: nothing runs
    };
    const ended = new Promise<CallResult>((resolve) => {
      this.#turn = { call, ended: resolve };
    });
    for (const event of this.#early ?? []) this.#hear(event);
    this.#early = null;
    try {
      const input = [{ type: "text" as const, text: prompt, text_elements: [] }];
      const begun = this.#core.submit({ type: "user_input", items: input }, turnId);
      call.signal.addEventListener("abort", interrupt, { once: true }); // before any wait, or a cancel is lost
      await begun;
      return await ended;
    } finally {
      call.signal.removeEventListener("abort", interrupt);
      this.#turn = null;
    }
  }

  #hear(event: ThreadEvent): void {
    const turn = this.#turn;
    if (turn === null) {
      this.#early?.push(event);
      // nobody waits for this thread: an agent that another one started
      if (event.type === "question.asked") this.#core.refuseQuestions("policy");
      return;
    }
    this.#tell(event, turn.call);
    if (event.type === "question.asked") void this.#ask(event.question, event.turnId ?? "", turn.call);
    if (event.type === "question.answered") this.#asked.get(event.questionId)?.abort();
    if (event.type === "turn.ended") turn.ended(resultOf(event));
  }

  #tell(event: ThreadEvent, { requestId }: RunningCall): void {
    for (const msg of legacyOf(event, { showRawReasoning: this.#showRawReasoning })) {
      const about = { requestId, threadId: event.threadId };
      this.#client.connection.notify("codex/event", { _meta: about, id: eventId(event), msg });
    }
  }

  async #ask(question: Question, turnId: string, { requestId }: RunningCall): Promise<void> {
    const params = elicitationOf(question, { threadId: this.id, turnId, requestId });
    if (params === null || (needsForm(question) && !this.#client.showsForms())) {
      this.#core.answer(question.id, answerOf(question, null), "policy");
      return;
    }
    const settled = new AbortController();
    this.#asked.set(question.id, settled);
    const reply = await this.#client.connection.request("elicitation/create", params, settled.signal);
    this.#asked.delete(question.id);
    const answer = answerOf(question, reply.kind === "result" ? reply.result : null);
    this.#core.answer(question.id, answer, reply.kind === "disconnected" ? "disconnect" : "client");
  }
}

// helpers

const INTERRUPTED = "interrupted";

/** What the client knows an event by; what belongs to no turn has the names that the original gives it. */
function eventId(event: ThreadEvent): string {
  return event.type === "response.item" && event.turnId === null ? "auto-compact-0" : submissionIdOf(event);
}

function resultOf({ threadId, outcome, lastAgentMessage }: Extract<ThreadEvent, { type: "turn.ended" }>): CallResult {
  switch (outcome.kind) {
    case "completed":
      return answered(threadId, lastAgentMessage ?? "");
    case "failed":
      return failedIn(threadId, outcome.error.message);
    case "interrupted":
      return failedIn(threadId, INTERRUPTED);
  }
}
