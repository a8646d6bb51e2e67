// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { GitInfo } from "./GitInfo";
import type { SessionSource } from "./SessionSource";
import type { ThreadStatus } from "../newer/ThreadStatus";
import type { Turn } from "./Turn";

/** A conversation. */
export type Thread = {
  /** UUIDv7. */
  id: string,
  /** The first message of the user, `""` if none. */
  preview: string,
  modelProvider: string,
  /** Unix seconds. */
  createdAt: number,
  /** Unix seconds. */
  updatedAt: number,
  /** The session file; null for ephemeral threads. */
  path: string | null,
  cwd: string,
  cliVersion: string,
  source: SessionSource,
  /** null outside a repository. */
  gitInfo: GitInfo | null,
  /** Filled by `thread/resume`, `thread/fork`, `thread/rollback` and `thread/read` with `includeTurns`; else empty. */
  turns: Array<Turn>,
  /** A name that the user gave; null: none. (since 0.169) */
  name?: string | null,
  /** How the thread is in this process. (since 0.169) */
  status?: ThreadStatus,
  /** (since 0.169) */
  forkedFromId?: string | null,
  /** true: no session file. (since 0.169) */
  ephemeral?: boolean,
};
