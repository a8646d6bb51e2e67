/** Compaction on a person's request, as a turn of its own. */

import { compact } from "../context/compaction.js";
import type { Task } from "./task.js";

/** A turn that compacts the conversation. */
export function compactTask(): Task {
  return {
    kind: "compact",
    steering: "refuses",
    input: [],
    run: async (turn) => {
      turn.session.emit({ type: "turn.started", contextWindow: turn.model.usableWindow }, turn.id);
      await compact(turn);
      return null;
    },
  };
}
