/** Where a thread goes on from: a session file's items, and what they amount to. */

import { lastTokenInfo, lastTurnContext, readRollout, rebuildHistory, type Rollout } from "@codex-ts/rollout";
import type { ResponseItem, RolloutItem, ThreadId, TokenUsageInfo, TurnContextLine } from "@codex-ts/protocol";
import { compactedHistory } from "../context/compaction.js";
import { cutOutput } from "../context/history.js";
import { withKnownOutcomes } from "../context/known-outcomes.js";
import { initialContext, type Situation } from "../instructions/initial-context.js";
import type { Services } from "../session/services.js";
import type { SessionSettings } from "../session/settings.js";

/** Where a thread goes on from. */
export interface Continuation {
  id: ThreadId;
  /** The thread it was forked from; null when it goes on itself. */
  forkedFrom: ThreadId | null;
  /** The file to go on in; null for a fork, which gets one of its own. */
  path: string | null;
  items: readonly RolloutItem[];
  /** Kept with the session; null: an old file that does not say. */
  baseInstructions: string | null;
}

/** What a session remembers of what was before it. The items themselves, which can be many, are not kept. */
export interface Past {
  history: readonly ResponseItem[];
  usage: TokenUsageInfo | null;
  /** What the model was last told; null: nothing yet. */
  known: Situation | null;
  /** The model of the last turn; null: there was none. */
  model: string | null;
  forkedFrom: ThreadId | null;
}

/** The past of a fresh thread. */
export const noPast: Past = { history: [], usage: null, known: null, model: null, forkedFrom: null };

/** Reads what a thread goes on from, unless it was read already. @throws {RolloutReadError} */
export async function readContinuation(file: string | Rollout): Promise<Continuation> {
  const rollout = typeof file === "string" ? await readRollout(file) : file;
  return {
    id: rollout.meta.id,
    forkedFrom: null,
    path: rollout.path,
    items: rollout.items,
    baseInstructions: rollout.meta.base_instructions?.text ?? null,
  };
}

/** Folds the items. */
export function pastOf(from: Continuation, settings: SessionSettings, services: Services): Past {
  const line = lastTurnContext(from.items);
  const known = line === null ? null : situationOf(line, services);
  return {
    history: historyOf(from.items, known, settings, services),
    usage: lastTokenInfo(from.items),
    known,
    model: line?.model ?? null,
    forkedFrom: from.forkedFrom,
  };
}

// helpers

function historyOf(
  items: readonly RolloutItem[],
  known: Situation | null,
  settings: SessionSettings,
  services: Services,
): ResponseItem[] {
  const { truncation } = services.models.profile(settings.model);
  const history = rebuildHistory(items, {
    truncate: (item) => cutOutput(item, truncation),
    compacted: (history, line) => compactedHistory(known === null ? [] : initialContext(known), history, line.message),
  });
  return withKnownOutcomes(history, items);
}

/** What the model was last told, as the session file has it. */
function situationOf(line: TurnContextLine, services: Services): Situation {
  return {
    cwd: line.cwd,
    shell: services.shell.name,
    approvalPolicy: line.approval_policy,
    sandboxPolicy: line.sandbox_policy,
    writableRoots: [],
    developerInstructions: line.developer_instructions ?? null,
    userInstructions: line.user_instructions ?? null,
    collaborationMode: line.collaboration_mode ?? null,
    personality: line.personality ?? null,
  };
}
