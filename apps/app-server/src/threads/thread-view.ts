/** Threads as clients see them: from what is running, and from what is stored. */

import { type Thread as ThreadView, threadOf, turnToV2, type Turn } from "@codex-ts/app-server-protocol";
import type { Thread } from "@codex-ts/core";
import { VERSION } from "@codex-ts/launch";
import {
  previewOf,
  rebuildTurns,
  type Rollout,
  type RolloutSummary,
  sessionGitInfo,
  type TurnRules,
} from "@codex-ts/rollout";
import { loadShellAnalysis, quoteCommand } from "@codex-ts/shell-command";
import type { RolloutItem, ThreadId } from "@codex-ts/protocol";
import { statSync } from "node:fs";
import { patchChanges } from "./patch-changes.js";

/** What every view needs of the server. */
export interface ViewFacts {
  originator: string;
  /** For files that name no provider. */
  defaultProvider: string;
  /** The name of a stored thread; null: none. */
  nameOf: (id: ThreadId) => string | null;
  /** The client speaks a protocol later than 0.92's. */
  newer: boolean;
}

/** A thread that has just begun: its file says nothing else. */
export function freshThread(thread: Thread, facts: ViewFacts): ThreadView {
  const { originator, defaultProvider } = facts;
  const { config, settings } = thread;
  const git = sessionGitInfo(settings.cwd);
  const meta = {
    id: thread.id,
    timestamp: new Date(createdAt(thread.id)).toISOString(),
    cwd: settings.cwd,
    originator,
    cli_version: VERSION,
    source: thread.source,
    model_provider: config.modelProviderId,
    ...(git === null ? {} : { git }),
  };
  const updatedAtMs = Date.now();
  const name = toldName(null, facts);
  return threadOf({ meta, path: thread.rolloutPath, preview: "", updatedAtMs, defaultProvider, name });
}

/** A stored thread, from its whole file. @param turns filled in when they were asked for */
export function storedThread(rollout: Rollout, facts: ViewFacts, turns: Turn[] = []): ThreadView {
  const { meta, path } = rollout;
  const { defaultProvider } = facts;
  const updatedAtMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const preview = previewOf(rollout.items);
  const name = toldName(facts.nameOf(meta.id), facts);
  return threadOf({ meta, path, preview, updatedAtMs, defaultProvider, turns, name });
}

/** A stored thread, from what a list says of it. */
export function listedThread(summary: RolloutSummary, facts: ViewFacts): ThreadView {
  const { defaultProvider } = facts;
  const { meta, path, preview, updatedAt, createdAt: created } = summary;
  const updatedAtMs = updatedAt * 1000;
  const name = toldName(facts.nameOf(meta.id), facts);
  const view = threadOf({ meta, path, preview, updatedAtMs, defaultProvider, name });
  return { ...view, createdAt: created };
}

/** The turns of a file, with everything that was done in them. */
export async function storedTurns(items: readonly RolloutItem[]): Promise<Turn[]> {
  const [{ commandActions }, { parsePatch }] = await Promise.all([
    loadShellAnalysis(),
    import("@codex-ts/apply-patch"),
  ]);
  const rules: TurnRules = {
    commandActions: (argv) => commandActions(argv),
    patchChanges: (patch, cwd) => patchChanges(patch, cwd, parsePatch),
  };
  return rebuildTurns(items, rules).map((turn) => turnToV2(turn, quoteCommand));
}

/** 0.92 has no names: who speaks it is not told that there is none. */
function toldName(name: string | null, { newer }: ViewFacts): string | null | undefined {
  return name ?? (newer ? null : undefined);
}

/** A UUIDv7 begins with its time. */
function createdAt(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
