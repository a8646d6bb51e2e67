/** Takes back what the newest turn did to files, by patches and by commands alike, and tells the model. */

import type { UndoResult } from "@codex-ts/checkpoints";
import { developerMessage } from "../instructions/messages.js";
import type { Turn } from "../turn/turn.js";
import type { Task } from "./task.js";

/** A turn that undoes. Undoing the undo is undoing once more. */
export function undoTask(): Task {
  return { kind: "undo", steering: "refuses", input: [], run: (turn) => undo(turn) };
}

// helpers

async function undo(turn: Turn): Promise<null> {
  const { session, id: turnId, settings } = turn;
  const say = (success: boolean, message: string): void => {
    session.emit({ type: "notice", notice: { kind: "undoCompleted", success, message } }, turnId);
  };
  session.emit({ type: "notice", notice: { kind: "undoStarted", message: "Undo in progress..." } }, turnId);
  try {
    const undone = await session.checkpoints.undoLatest(settings.cwd, turnId, turn.signal);
    if (undone === null) {
      say(false, "There is no change of this thread that can be undone.");
      return null;
    }
    const summary = summaryOf(undone.result);
    session.record([developerMessage(noteForModel(summary))], turnId);
    say(undone.result.failed.length === 0, summary);
  } catch (error) {
    if (turn.signal.aborted) throw error;
    say(false, `Failed to undo: ${error instanceof Error ? error.message : String(error)}`);
  }
  return null;
}

function summaryOf({ restored, kept, failed, notCovered }: UndoResult): string {
  const parts = [`Restored ${counted(restored)}.`];
  if (kept.length > 0) parts.push(`Left ${counted(kept)} as they are, because they were changed since.`);
  if (failed.length > 0) parts.push(`Could not restore ${counted(failed.map(({ path }) => path))}.`);
  if (notCovered.length > 0) parts.push(`Not covered: ${counted(notCovered.map(({ path }) => path))}.`);
  return parts.join(" ");
}

const SHOWN = 5;

function counted(paths: readonly string[]): string {
  const shown = paths.slice(0, SHOWN).join(", ");
  const rest = paths.length - SHOWN;
  const list = paths.length === 0 ? "" : ` (${shown}${rest > 0 ? `, and ${rest} more` : ""})`;
  return `${paths.length} ${paths.length === 1 ? "file" : "files"}${list}`;
}

/** The conversation still describes the edits; without this the model would build on them. */
function noteForModel(summary: string): string {
  return `The user undid the file changes of your latest turn that changed files. ${summary} Read files again before you rely on what the conversation says about them.`;
}
