/** Threads and turns as v2 has them, from session files. */

import {
  eventsFromRollout,
  type GitInfo as CoreGitInfo,
  type RolloutLine,
  type SessionMeta,
  type ThreadEvent,
} from "@codex-ts/protocol";
import type { ThreadItem } from "../v2/items.js";
import type { GitInfo, Thread, Turn } from "../v2/thread.js";
import { sessionSourceToV2, turnErrorToV2 } from "./policies.js";
import { itemToV2, type QuoteCommand, reviewBeginning, reviewEnd } from "./v2-items.js";

/** @returns the turns of a session file, items included */
export function turnsFromRollout(lines: readonly RolloutLine[], quoteCommand: QuoteCommand): Turn[] {
  return turnsFromEvents(eventsFromRollout(lines), quoteCommand);
}

/** @returns the turns that the events tell, items as they ended; an unfinished turn is in progress */
export function turnsFromEvents(events: readonly ThreadEvent[], quoteCommand: QuoteCommand): Turn[] {
  const turns = new Map<string, Turn>();
  for (const event of events) {
    if (event.turnId === null) continue;
    let turn = turns.get(event.turnId);
    if (turn === undefined) {
      turn = { id: event.turnId, items: [], status: "inProgress", error: null };
      turns.set(event.turnId, turn);
    }
    if (event.type === "item.ended") turn.items.push(...endedItems(event, event.turnId, quoteCommand));
    if (event.type !== "turn.ended") continue;
    turn.status = event.outcome.kind;
    if (event.outcome.kind === "failed") turn.error = turnErrorToV2(event.outcome.error);
  }
  return [...turns.values()];
}

function endedItems(
  event: ThreadEvent & { type: "item.ended" },
  turnId: string,
  quoteCommand: QuoteCommand,
): ThreadItem[] {
  const { item } = event;
  if (item.type === "review") return [reviewBeginning(item, turnId), reviewEnd(item, turnId)];
  return [itemToV2(item, quoteCommand)];
}

/** What a thread is made of besides its first line. */
export interface ThreadFacts {
  meta: SessionMeta;
  /** The session file; null for ephemeral threads. */
  path: string | null;
  /** The first message of the user, as it was sent; `""` if none. */
  firstMessage: string;
  /** Unix milliseconds of the file's last change. */
  updatedAtMs: number;
  /** For files that name none. */
  defaultProvider: string;
  turns?: Turn[];
}

/** @returns a thread as v2 shows it */
export function threadOf({ meta, path, firstMessage, updatedAtMs, defaultProvider, turns = [] }: ThreadFacts): Thread {
  const created = Math.floor(Date.parse(meta.timestamp) / 1000);
  return {
    id: meta.id,
    preview: previewOf(firstMessage),
    modelProvider: meta.model_provider ?? defaultProvider,
    createdAt: Number.isNaN(created) ? 0 : created,
    updatedAt: Math.floor(updatedAtMs / 1000),
    path,
    cwd: meta.cwd,
    cliVersion: meta.cli_version,
    source: sessionSourceToV2(meta.source ?? "vscode"),
    gitInfo: meta.git ? gitInfoToV2(meta.git) : null,
    turns,
  };
}

/** @returns what is known of a repository; the rest is null */
export function gitInfoToV2(git: CoreGitInfo): GitInfo {
  return { sha: git.commit_hash ?? null, branch: git.branch ?? null, originUrl: git.repository_url ?? null };
}

const requestMarker = "## My request for Codex:";

/** Editors put context before the request; only what follows the marker is shown. */
export function previewOf(message: string): string {
  const at = message.indexOf(requestMarker);
  return at < 0 ? message : message.slice(at + requestMarker.length).trim();
}
