/** Threads as clients see them: from what is running, and from what is stored. */

import { type Thread as ThreadView, threadOf, turnToV2, type Turn } from "@codex-ts/app-server-protocol";
import type { Thread } from "@codex-ts/core";
import { VERSION } from "@codex-ts/launch";
import {
  isUserTurn,
  rebuildTurns,
  type Rollout,
  type RolloutSummary,
  sessionGitInfo,
  type TurnRules,
} from "@codex-ts/rollout";
import { loadShellAnalysis, quoteCommand } from "@codex-ts/shell-command";
import type { RolloutItem } from "@codex-ts/protocol";
import { statSync } from "node:fs";
import { patchChanges } from "./patch-changes.js";

/** What every view needs of the server. */
export interface ViewFacts {
  originator: string;
  /** For files that name no provider. */
  defaultProvider: string;
}

/** A thread that has just begun: its file says nothing else. */
export function freshThread(thread: Thread, { originator, defaultProvider }: ViewFacts): ThreadView {
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
  return threadOf({ meta, path: thread.rolloutPath, firstMessage: "", updatedAtMs: Date.now(), defaultProvider });
}

/** A stored thread, from its whole file. @param turns filled in when they were asked for */
export function storedThread(rollout: Rollout, { defaultProvider }: ViewFacts, turns: Turn[] = []): ThreadView {
  const updatedAtMs = statSync(rollout.path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const firstMessage = firstMessageOf(rollout.items);
  return threadOf({ meta: rollout.meta, path: rollout.path, firstMessage, updatedAtMs, defaultProvider, turns });
}

/** A stored thread, from what a list says of it. */
export function listedThread(summary: RolloutSummary, { defaultProvider }: ViewFacts): ThreadView {
  const { meta, path, preview, updatedAt, createdAt: created } = summary;
  const view = threadOf({ meta, path, firstMessage: preview, updatedAtMs: updatedAt * 1000, defaultProvider });
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

/** What the user asked first; empty when it was no text. */
export function firstMessageOf(items: readonly RolloutItem[]): string {
  for (const line of items) {
    if (line.type !== "response_item" || !isUserTurn(line.payload)) continue;
    return line.payload.content.flatMap((part) => ("text" in part ? [part.text] : [])).join("\n");
  }
  return "";
}

/** A UUIDv7 begins with its time. */
function createdAt(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
