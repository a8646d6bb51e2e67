/** What a session file's turns are made of. */

import type { RolloutItem, ThreadItem } from "@codex-ts/protocol";
import { rebuildTurns } from "@codex-ts/rollout";
import { loadShellAnalysis } from "@codex-ts/shell-command";

/** All items of all turns, in order, as they ended. Of patches only that they were there: the file has no diffs. */
export async function storedItems(lines: readonly RolloutItem[]): Promise<ThreadItem[]> {
  const { commandActions } = await loadShellAnalysis();
  const turns = rebuildTurns(lines, { commandActions: (argv) => commandActions(argv), patchChanges: () => ({}) });
  return turns.flatMap(({ items }) => items);
}
