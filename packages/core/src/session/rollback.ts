/** Takes back turns of the conversation; files stay as they are. */

import type { TurnError, TurnId } from "@codex-ts/protocol";
import type { Session } from "./session.js";

/** Drops the last `turns` turns, and says so in the session file before anybody hears of it. */
export function rollBack(session: Session, turns: number, turnId: TurnId, turnRuns: boolean): void {
  const refused = turnRuns
    ? "Cannot rollback while a turn is in progress."
    : turns < 1
      ? "num_turns must be >= 1"
      : null;
  if (refused !== null) {
    const error: TurnError = { message: refused, info: "thread_rollback_failed", additionalDetails: null };
    session.emit({ type: "notice", notice: { kind: "error", error } }, turnId);
    return;
  }
  session.dropLastTurns(turns);
  const window = session.services.models.profile(session.settings.model).usableWindow;
  session.meter.noteHistoryChange(session.baseInstructions, session.history.items, window, turnId);
  session.emit({ type: "notice", notice: { kind: "rolledBack", numTurns: turns } }, turnId);
  session.rollout?.flush();
}
