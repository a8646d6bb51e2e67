/** What the model was told of its situation, and where in the conversation: what a rollback takes back is unknown again. */

import type { ResponseItem } from "@codex-ts/protocol";
import type { Situation } from "./initial-context.js";

/** One thing told. */
export interface ToldSituation {
  situation: Situation;
  /** The last item that tells it, or stands before where it was told; null: it holds wherever the conversation is cut. */
  after: ResponseItem | null;
}

/** The situations that a conversation tells of, in their order. */
export class ToldSituations {
  #told: ToldSituation[];

  constructor(told: readonly ToldSituation[]) {
    this.#told = [...told];
  }

  /** What the model believes; null: it was told nothing. */
  get last(): Situation | null {
    return this.#told.at(-1)?.situation ?? null;
  }

  /** The conversation, as it stands, tells of it. */
  add(situation: Situation, conversation: readonly ResponseItem[]): void {
    this.#told.push({ situation, after: conversation.at(-1) ?? null });
  }

  /** The conversation was replaced by one that tells this, or as much as the old one did. */
  replace(situation: Situation | null = this.last): void {
    this.#told = situation === null ? [] : [{ situation, after: null }];
  }

  /** The conversation was cut to this. */
  keepTo(conversation: readonly ResponseItem[]): void {
    const left = new Set(conversation);
    this.#told = this.#told.filter(({ after }) => after === null || left.has(after));
  }
}
