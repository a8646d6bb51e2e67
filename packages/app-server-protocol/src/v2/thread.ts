/** Threads and turns. */

import type { ThreadStatus } from "../newer/threads.js";
import type { Int64, Personality, ReasoningEffort, ResponseItem, Uint32 } from "@codex-ts/protocol";
import type { TurnError } from "./errors.js";
import type { ThreadItem } from "./items.js";
import type { AskForApproval, SandboxMode, SandboxPolicy, SessionSource } from "./policies.js";

/** The repository a thread began in. */
export interface GitInfo {
  branch: string | null;
  originUrl: string | null;
  sha: string | null;
}

/** A conversation. */
export interface Thread {
  /** UUIDv7. */
  id: string;
  cliVersion: string;
  /** Unix seconds. */
  createdAt: Int64;
  cwd: string;
  /** null outside a repository. */
  gitInfo: GitInfo | null;
  modelProvider: string;
  /** The session file; null for ephemeral threads. */
  path: string | null;
  /** The first message of the user, `""` if none. */
  preview: string;
  source: SessionSource;
  /** Filled by `thread/resume`, `thread/fork`, `thread/rollback` and `thread/read` with `includeTurns`; else empty. */
  turns: Turn[];
  /** Unix seconds. */
  updatedAt: Int64;
  /** A name that the user gave; null: none. @since 0.169 */
  name?: string | null;
  /** How the thread is in this process. @since 0.169 */
  status?: ThreadStatus;
  /** @since 0.169 */
  forkedFromId?: string | null;
  /** true: no session file. @since 0.169 */
  ephemeral?: boolean;
}

/** How a turn is; everything but `inProgress` is final. */
export type TurnStatus = "completed" | "interrupted" | "failed" | "inProgress";

/** One user input and everything the agent does for it. */
export interface Turn {
  id: string;
  /** Set exactly when the status is `failed`. */
  error: TurnError | null;
  /** Filled only where `Thread.turns` is filled; else empty. */
  items: ThreadItem[];
  status: TurnStatus;
  /** Unix seconds. @since 0.169 */
  startedAt?: Int64 | null;
  /** Unix seconds. @since 0.169 */
  completedAt?: Int64 | null;
  /** Milliseconds. @since 0.169 */
  durationMs?: Int64 | null;
}

/** Starts a thread; what is absent comes from the configuration. */
export interface ThreadStartParams {
  approvalPolicy?: AskForApproval | null;
  baseInstructions?: string | null;
  /** Dotted config keys and their values: above the command line's, below the members here. */
  config?: Record<string, unknown> | null;
  /** Relative paths are taken from the server's own. */
  cwd?: string | null;
  developerInstructions?: string | null;
  /** Tools that the client runs itself. */
  dynamicTools?: DynamicToolSpec[] | null;
  /** true: no session file. */
  ephemeral?: boolean | null;
  /** Also send `rawResponseItem/completed`. @default false */
  experimentalRawEvents?: boolean;
  model?: string | null;
  modelProvider?: string | null;
  personality?: Personality | null;
  sandbox?: SandboxMode | null;
}

/** A tool that the client runs itself. */
export interface DynamicToolSpec {
  description: string;
  /** JSON Schema of its arguments. */
  inputSchema: unknown;
  name: string;
}

/** A thread that is loaded and subscribed to. */
export interface ThreadStartResponse {
  approvalPolicy: AskForApproval;
  cwd: string;
  model: string;
  modelProvider: string;
  reasoningEffort: ReasoningEffort | null;
  sandbox: SandboxPolicy;
  thread: Thread;
}

/** Loads a thread: from `history`, else from the file at `path`, else by id. */
export interface ThreadResumeParams {
  threadId: string;
  approvalPolicy?: AskForApproval | null;
  baseInstructions?: string | null;
  config?: Record<string, unknown> | null;
  cwd?: string | null;
  developerInstructions?: string | null;
  /** For internal use: a conversation to go on with. */
  history?: ResponseItem[] | null;
  model?: string | null;
  modelProvider?: string | null;
  path?: string | null;
  personality?: Personality | null;
  sandbox?: SandboxMode | null;
}

/** The loaded thread, with its turns. */
export interface ThreadResumeResponse {
  approvalPolicy: AskForApproval;
  cwd: string;
  model: string;
  modelProvider: string;
  reasoningEffort: ReasoningEffort | null;
  sandbox: SandboxPolicy;
  thread: Thread;
}

/** Copies a stored thread into a new one: from the file at `path`, else by id. */
export interface ThreadForkParams {
  threadId: string;
  approvalPolicy?: AskForApproval | null;
  baseInstructions?: string | null;
  config?: Record<string, unknown> | null;
  cwd?: string | null;
  developerInstructions?: string | null;
  model?: string | null;
  modelProvider?: string | null;
  path?: string | null;
  sandbox?: SandboxMode | null;
}

/** The new thread, with its turns. */
export interface ThreadForkResponse {
  approvalPolicy: AskForApproval;
  cwd: string;
  model: string;
  modelProvider: string;
  reasoningEffort: ReasoningEffort | null;
  sandbox: SandboxPolicy;
  thread: Thread;
}

/** Moves a thread's file to the archive. */
export interface ThreadArchiveParams {
  threadId: string;
}

/** Nothing to say. */
export type ThreadArchiveResponse = Record<string, unknown>;

/** Moves a thread's file back from the archive. */
export interface ThreadUnarchiveParams {
  threadId: string;
}

/** The thread, without turns and not loaded. */
export interface ThreadUnarchiveResponse {
  thread: Thread;
}

/** Takes the last turns back; files stay as they are. */
export interface ThreadRollbackParams {
  threadId: string;
  /** At least 1; more than there are means all. */
  numTurns: Uint32;
}

/** The thread with the remaining turns. */
export interface ThreadRollbackResponse {
  thread: Thread;
}

/** By which time threads are sorted; snake case on the wire. */
export type ThreadSortKey = "created_at" | "updated_at";

/** Kinds of sources to list; `appServer` selects what the MCP server started, `subAgent` every sub-agent. */
export type ThreadSourceKind =
  | "cli"
  | "vscode"
  | "exec"
  | "appServer"
  | "subAgent"
  | "subAgentReview"
  | "subAgentCompact"
  | "subAgentThreadSpawn"
  | "subAgentOther"
  | "unknown";

/** Lists stored threads, newest first. */
export interface ThreadListParams {
  /** true: only archived threads. */
  archived?: boolean | null;
  /** As the last page returned it. */
  cursor?: string | null;
  /** 1 to 100; 25 when absent. */
  limit?: Uint32 | null;
  /** Absent: the server's current one; empty: all. */
  modelProviders?: string[] | null;
  sortKey?: ThreadSortKey | null;
  /** Absent or empty: `cli` and `vscode`. */
  sourceKinds?: ThreadSourceKind[] | null;
  /** Only threads whose preview or name contains this. @since 0.169 */
  searchTerm?: string | null;
  /** Only threads that began in this folder. @since 0.169 */
  cwd?: string | null;
}

/** A page of threads. */
export interface ThreadListResponse {
  data: Thread[];
  /** null at the end. */
  nextCursor: string | null;
  /** Files that were left out because they could not be read. @since 0.1.0 */
  unreadable?: Int64;
}

/** Lists the threads that are loaded in this process. */
export interface ThreadLoadedListParams {
  /** The last id of the page before. */
  cursor?: string | null;
  limit?: Uint32 | null;
}

/** A page of thread ids, ascending. */
export interface ThreadLoadedListResponse {
  data: string[];
  /** null at the end. */
  nextCursor: string | null;
}

/** Reads a stored thread without loading it. */
export interface ThreadReadParams {
  threadId: string;
  /** @default false */
  includeTurns?: boolean;
}

/** The stored thread. */
export interface ThreadReadResponse {
  thread: Thread;
}

/** A thread was started or forked. */
export interface ThreadStartedNotification {
  thread: Thread;
}

/** A page of turns. @since 0.169 */
export interface ThreadTurnsListResponse {
  data: Turn[];
  /** null at the end. */
  nextCursor: string | null;
}
