/** Where a thread goes on from: a session file's items, and what they amount to. */

import { lastTokenInfo, lastTurnContext, readRollout, rebuildHistory, type Rollout } from "@codex-ts/rollout";
import type { ResponseItem, RolloutItem, ThreadId, TokenUsageInfo, TurnContextLine } from "@codex-ts/protocol";
import { compactedHistory } from "../context/compaction.js";
import { cutOutput } from "../context/history.js";
import { withKnownOutcomes } from "../context/known-outcomes.js";
import { initialContext, type Situation } from "../instructions/initial-context.js";
import type { ToldSituation } from "../instructions/told-situations.js";
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
  /** The text of the last compaction's summary; null: there was none. */
  summary: string | null;
  /** What the conversation tells the model of its situation. */
  told: readonly ToldSituation[];
  /** The model of the last turn; null: there was none. */
  model: string | null;
  forkedFrom: ThreadId | null;
}

/** The past of a fresh thread. */
export const noPast: Past = { history: [], summary: null, usage: null, told: [], model: null, forkedFrom: null };

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

/** What turns the lines of a file back into what the model was told. */
export interface PastRules {
  services: Services;
  /** For cutting outputs. */
  model: string;
  writableRoots: (settings: Pick<SessionSettings, "cwd" | "sandboxPolicy">) => readonly string[];
}

/** Folds the items. */
export function pastOf(from: Continuation, rules: PastRules): Past {
  const { truncation } = rules.services.models.profile(rules.model);
  const situation = (line: TurnContextLine): Situation => situationOf(line, rules);
  const { items, contexts, summary } = rebuildHistory(from.items, {
    truncate: (item) => cutOutput(item, truncation),
    compacted: (history, { message }, context) =>
      compactedHistory(context === null ? [] : initialContext(situation(context)), history, message),
  });
  return {
    history: withKnownOutcomes(items, from.items),
    summary,
    usage: lastTokenInfo(from.items),
    told: contexts.map(({ line, after }) => ({ situation: situation(line), after })),
    model: lastTurnContext(from.items)?.model ?? null,
    forkedFrom: from.forkedFrom,
  };
}

// helpers

/** What the model was told then, as the session file has it. */
function situationOf(line: TurnContextLine, { services, writableRoots }: PastRules): Situation {
  return {
    cwd: line.cwd,
    shell: services.shell.name,
    approvalPolicy: line.approval_policy,
    sandboxPolicy: line.sandbox_policy,
    writableRoots: writableRoots({ cwd: line.cwd, sandboxPolicy: line.sandbox_policy }),
    developerInstructions: line.developer_instructions ?? null,
    userInstructions: line.user_instructions ?? null,
    collaborationMode: line.collaboration_mode ?? null,
    personality: line.personality ?? null,
  };
}
