/** Threads and turns as v2 has them, from session files. */

import type {
  GitInfo as CoreGitInfo,
  SessionMeta,
  ThreadItem as CoreItem,
  TurnError as CoreTurnError,
} from "@codex-ts/protocol";
import type { ConversationSummary } from "../v1/conversations.js";
import type { ThreadItem } from "../v2/items.js";
import type { GitInfo, Thread, Turn } from "../v2/thread.js";
import { sessionSourceToV2, turnErrorToV2 } from "./policies.js";
import { itemToV2, type QuoteCommand, reviewBeginning, reviewEnd } from "./v2-items.js";

/** A turn in core's words, with its items as they ended. */
export interface StoredTurn {
  id: string;
  items: CoreItem[];
  status: Turn["status"];
  error: CoreTurnError | null;
}

/** @returns the turn in v2's words, items included; a review is its beginning and its end */
export function turnToV2(turn: StoredTurn, quoteCommand: QuoteCommand): Turn {
  const items = turn.items.flatMap((item): ThreadItem[] =>
    item.type === "review"
      ? [reviewBeginning(item, turn.id), reviewEnd(item, turn.id)]
      : [itemToV2(item, quoteCommand)],
  );
  return { id: turn.id, items, status: turn.status, error: turn.error === null ? null : turnErrorToV2(turn.error) };
}

/** What a thread is made of besides its first line. */
export interface ThreadFacts {
  meta: SessionMeta;
  /** The session file; null for ephemeral threads. */
  path: string | null;
  /** What the user asked first; `""` if nothing. */
  preview: string;
  /** Unix milliseconds of the file's last change. */
  updatedAtMs: number;
  /** For files that name none. */
  defaultProvider: string;
  turns?: Turn[];
  /** The name that the user gave; null: told that there is none; absent: nothing is said. */
  name?: string | null | undefined;
}

/** @returns a thread as v2 shows it */
export function threadOf(facts: ThreadFacts): Thread {
  const { meta, path, preview, updatedAtMs, defaultProvider, turns = [], name } = facts;
  const created = Math.floor(Date.parse(meta.timestamp) / 1000);
  return {
    id: meta.id,
    preview,
    modelProvider: meta.model_provider ?? defaultProvider,
    createdAt: Number.isNaN(created) ? 0 : created,
    updatedAt: Math.floor(updatedAtMs / 1000),
    path,
    cwd: meta.cwd,
    cliVersion: meta.cli_version,
    source: sessionSourceToV2(meta.source ?? "vscode"),
    gitInfo: meta.git ? gitInfoToV2(meta.git) : null,
    turns,
    ...(name === undefined ? {} : { name }),
  };
}

/** @returns a stored thread as v1 shows it; the file's time has seconds there */
export function conversationSummaryOf(facts: ThreadFacts & { path: string }): ConversationSummary {
  const { meta, path, preview, updatedAtMs, defaultProvider } = facts;
  const { commit_hash, branch, repository_url } = meta.git ?? {};
  return {
    conversationId: meta.id,
    path,
    preview,
    timestamp: meta.timestamp,
    updatedAt: new Date(updatedAtMs).toISOString().replace(/\.\d+/, ""),
    modelProvider: meta.model_provider ?? defaultProvider,
    cwd: meta.cwd,
    cliVersion: meta.cli_version,
    source: meta.source ?? "vscode",
    gitInfo: meta.git ? { sha: commit_hash ?? null, branch: branch ?? null, origin_url: repository_url ?? null } : null,
  };
}

/** @returns what is known of a repository; the rest is null */
export function gitInfoToV2(git: CoreGitInfo): GitInfo {
  return { sha: git.commit_hash ?? null, branch: git.branch ?? null, originUrl: git.repository_url ?? null };
}
