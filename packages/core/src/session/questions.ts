/** Questions that turns wait on, and the answers that release them. */

import type { Answer, AnsweredBy, Question, QuestionId, TurnId } from "@codex-ts/protocol";
import type { Emit } from "./open-items.js";

interface Pending {
  question: Question;
  turnId: TurnId;
  settle: (answer: Answer, by: AnsweredBy) => void;
}

/** The questions of a thread that have not been answered. */
export class Questions {
  readonly #pending = new Map<QuestionId, Pending>();
  readonly #emit: Emit;

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  /** Asks, and waits for the answer. When the turn is cut short the answer is no. */
  ask(question: Question, turnId: TurnId, signal: AbortSignal): Promise<Answer> {
    return new Promise((resolve) => {
      const onAbort = (): void => settle(refusal(question), "interrupt");
      const settle = (answer: Answer, by: AnsweredBy): void => {
        if (!this.#pending.delete(question.id)) return;
        signal.removeEventListener("abort", onAbort);
        this.#emit({ type: "question.answered", questionId: question.id, by, answer }, turnId);
        resolve(answer);
      };
      this.#pending.set(question.id, { question, turnId, settle });
      this.#emit({ type: "question.asked", question }, turnId);
      if (signal.aborted) onAbort();
      else signal.addEventListener("abort", onAbort, { once: true });
    });
  }

  /**
   * Answers the question with this id, or, as older clients ask for it, the oldest one of the answer's kind in the
   * turn with this id. @returns false when nothing waits for it
   */
  answer(id: QuestionId | TurnId, answer: Answer, by: AnsweredBy = "client"): boolean {
    const exact = this.#pending.get(id);
    const found =
      exact?.question.kind === answer.kind
        ? exact
        : this.#pending.values().find((entry) => entry.turnId === id && entry.question.kind === answer.kind);
    found?.settle(answer, by);
    return found !== undefined;
  }

  /** Answers the elicitation of a server. @returns false when nothing waits for it */
  answerElicitation(server: string, requestId: string | number, answer: Answer): boolean {
    const found = this.#pending.values().find(({ question }) => {
      return question.kind === "elicitation" && question.server === server && question.requestId === requestId;
    });
    found?.settle(answer, "client");
    return found !== undefined;
  }

  /** Answers everything with no: nobody is there to answer. */
  refuseAll(by: AnsweredBy): void {
    for (const pending of this.#pending.values()) pending.settle(refusal(pending.question), by);
  }
}

/** The answer that changes nothing. */
export function refusal(question: Question): Answer {
  switch (question.kind) {
    case "command":
      return { kind: "command", decision: "denied" };
    case "fileChange":
      return { kind: "fileChange", decision: "denied" };
    case "elicitation":
      return { kind: "elicitation", action: "cancel", content: null };
    case "userInput":
      return { kind: "userInput", response: null };
    case "clientTool":
      return {
        kind: "clientTool",
        output: "dynamic tool call was cancelled before receiving a response",
        success: false,
      };
  }
}
