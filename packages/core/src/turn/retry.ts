/** Decides with the budget whether a failed request is tried again, says so, and waits. */

import type { ModelError, RetryBudget } from "@codex-ts/model-client";
import { turnErrorOf } from "./errors.js";
import { throwIfAborted, TurnFailure, type Turn } from "./turn.js";

/** Returns when the next attempt may begin. @throws {TurnFailure} when there is none; {TurnAborted} */
export async function retryOrFail(error: ModelError, retries: RetryBudget, turn: Turn): Promise<void> {
  const { session, id: turnId, signal } = turn;
  if (error.rateLimits !== null) session.meter.noteRateLimits(error.rateLimits, turnId);
  if (error.kind === "contextWindow") session.meter.noteFullWindow(turn.model.usableWindow, turnId);
  const decision = retries.decide(error);
  if (!decision.retry) throw new TurnFailure(turnErrorOf(error), { cause: error });
  session.emit({ type: "notice", notice: { kind: "retrying", ...decision.notice } }, turnId);
  await session.services.sleep(decision.delayMs, signal);
  throwIfAborted(signal);
}
