/** The ordinary turn: a person asks, the model works until it is done. */

import type { UserInput } from "@codex-ts/protocol";
import { compactIfFull } from "../context/compaction.js";
import { recordInput } from "../context/user-input.js";
import { joinMcpServers } from "../tools/mcp/host.js";
import { runLoop } from "../turn/loop.js";
import type { Task } from "./task.js";

/** A turn with this input. */
export function regularTask(input: readonly UserInput[]): Task {
  return {
    kind: "regular",
    steering: "accepts",
    input,
    run: async (turn) => {
      if (input.length === 0 && turn.pending.closeIfEmpty()) return null;
      turn.session.meter.reasoningIncluded = false;
      try {
        await compactIfFull(turn);
      } finally {
        // What was said stays said, also when there was no room for it: the next turn tells it.
        turn.session.emit({ type: "turn.started", contextWindow: turn.model.usableWindow }, turn.id);
        await recordInput(turn, input);
      }
      await joinMcpServers(turn);
      return await runLoop(turn);
    },
  };
}
