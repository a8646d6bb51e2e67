/** The loop of a turn: request, stream, calls, and again, until the model has nothing more to call. */

import { ModelError, type ModelRequest } from "@codex-ts/model-client";
import { compactIfFull } from "../context/compaction.js";
import { recordPending } from "../context/user-input.js";
import { Attempt, type Answered } from "./respond.js";
import { modelRequest, turnContextLine } from "./request.js";
import { retryOrFail } from "./retry.js";
import { throwIfAborted, TurnFailure, type Turn } from "./turn.js";

/**
 * Runs until the model is done.
 * @returns the last message of the model; null when it said nothing
 * @throws {TurnFailure} when the turn cannot go on; {TurnAborted} when it was cut short
 */
export async function runLoop(turn: Turn): Promise<string | null> {
  for (;;) {
    await recordPending(turn);
    const answered = await respond(turn);
    await turn.diff.announce();
    throwIfAborted(turn.signal);
    // In one step with the look: what comes later begins a turn of its own.
    const done = !answered.calledTools && turn.pending.closeIfEmpty();
    if (done) {
      if (answered.incomplete !== null) {
        throw new TurnFailure({ message: answered.incomplete, info: "other", additionalDetails: null });
      }
      // A remark before a call is not the turn's answer.
      return answered.lastMessage;
    }
    await compactIfFull(turn);
  }
}

// helpers

/** One answer of the model, over as many attempts as the budget allows. What broken attempts brought is kept. */
async function respond(turn: Turn): Promise<Answered> {
  const { session } = turn;
  const retries = session.services.model.newRetryBudget();
  let calledTools = false;
  let lastMessage: string | null = null;
  for (;;) {
    session.rollout?.append([{ type: "turn_context", payload: turnContextLine(turn) }]);
    const attempt = new Attempt(turn);
    const failure = await readAndSettle(attempt, modelRequest(turn), turn, retries);
    calledTools ||= attempt.answered.calledTools;
    lastMessage = attempt.answered.lastMessage ?? lastMessage;
    throwIfAborted(turn.signal);
    if (failure === null) return { ...attempt.answered, calledTools, lastMessage };
    // An image of a tool must not end the turn, nor any image every turn that follows. One that was just sent is told of.
    if (failure.kind === "invalidImage" && session.history.dropNewestImages() === "other") continue;
    await retryOrFail(failure, retries, turn);
    // A stream that broke after calls were made is as good as one that ended: their outputs are the next input.
  }
}

/** @returns the error that ended the stream early; null when it came to its end. No call goes on afterwards, whatever happens */
async function readAndSettle(
  attempt: Attempt,
  request: ModelRequest,
  turn: Turn,
  retries: Parameters<Attempt["read"]>[1],
): Promise<ModelError | null> {
  try {
    await attempt.read(request, retries);
    return null;
  } catch (error) {
    if (turn.signal.aborted) return null;
    if (error instanceof ModelError) return error;
    throw error;
  } finally {
    await attempt.settle();
  }
}
