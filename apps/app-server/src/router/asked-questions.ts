/** Requests of ours that a client has not answered yet. */

import type { RequestId } from "@codex-ts/protocol";

/** What came back: a result, or nothing usable. */
export type ClientAnswer = { kind: "result"; result: unknown } | { kind: "none" };

/** The open requests of one connection. Ids are counted from 0. */
export class AskedQuestions {
  readonly #open = new Map<RequestId, (answer: ClientAnswer) => void>();
  #next = 0;

  /** @param onAnswer called once, unless the request is forgotten before. @returns the id to ask with */
  add(onAnswer: (answer: ClientAnswer) => void): number {
    const id = this.#next++;
    this.#open.set(id, onAnswer);
    return id;
  }

  /** @returns false when nothing of that id is open */
  settle(id: RequestId, answer: ClientAnswer): boolean {
    const onAnswer = this.#open.get(id);
    if (onAnswer === undefined) return false;
    this.#open.delete(id);
    onAnswer(answer);
    return true;
  }

  /** The question was settled elsewhere; a late answer means nothing. */
  forget(id: RequestId): void {
    this.#open.delete(id);
  }

  /** Nobody will answer any more. */
  abandon(): void {
    for (const id of this.#open.keys()) this.settle(id, { kind: "none" });
  }
}
