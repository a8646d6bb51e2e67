/** Threads and turns. */

import type { ThreadStatus } from "../newer/threads.js";
import type { Int64, Personality, ReasoningEffort, ResponseItem, Uint32 } from "@codex-ts/protocol";
import type { TurnError } from "./errors.js";
import type { ThreadItem } from "./items.js";
import type { AskForApproval, SandboxMode, SandboxPolicy, SessionSource } from "./policies.js";

/** The repository a thread began in. */
export interface GitInfo {
  sha: string | null;
  branch: string | null;
  originUrl: string | null;
}

/** A conversation. */
export interface Thread {
  /** UUIDv7. */
  id: string;
  /** The first message of the user, `""` if none. */
  preview: string;
  modelProvider: string;
  /** Unix seconds. */
  createdAt: Int64;
  /** Unix seconds. */
  updatedAt: Int64;
  /** The session file; null for ephemeral threads. */
  path: string | null;
  cwd: string;
  cliVersion: string;
  source: SessionSource;
  /** null outside a repository. */
  gitInfo: GitInfo | null;
  /** Filled by `thread/resume`, `thread/fork`, `thread/rollback` and `thread/read` with `includeTurns`; else empty. */
  turns: Turn[];
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
  /** Filled only where `Thread.turns` is filled; else empty. */
  items: ThreadItem[];
  status: TurnStatus;
  /** Set exactly when the status is `failed`. */
  error: TurnError | null;
  /** Unix seconds. @since 0.169 */
  startedAt?: Int64 | null;
  /** Unix seconds. @since 0.169 */
  completedAt?: Int64 | null;
  /** Milliseconds. @since 0.169 */
  durationMs?: Int64 | null;
}

/** Starts a thread; what is absent comes from the configuration. */
export interface ThreadStartParams {
  model?: string | null;
  modelProvider?: string | null;
  /** Relative paths are taken from the server's own. */
  cwd?: string | null;
  approvalPolicy?: AskForApproval | null;
  sandbox?: SandboxMode | null;
  /** Dotted config keys and their values: above the command line's, below the members here. */
  config?: Record<string, unknown> | null;
  baseInstructions?: string | null;
  developerInstructions?: string | null;
  personality?: Personality | null;
  /** true: no session file. */
  ephemeral?: boolean | null;
  /** Tools that the client runs itself. */
  dynamicTools?: DynamicToolSpec[] | null;
  /** Also send `rawResponseItem/completed`. @default false */
  experimentalRawEvents?: boolean;
}

/** A tool that the client runs itself. */
export interface DynamicToolSpec {
  name: string;
  description: string;
  /** JSON Schema of its arguments. */
  inputSchema: unknown;
}

/** A thread that is loaded and subscribed to. */
export interface ThreadStartResponse {
  thread: Thread;
  model: string;
  modelProvider: string;
  cwd: string;
  approvalPolicy: AskForApproval;
  sandbox: SandboxPolicy;
  reasoningEffort: ReasoningEffort | null;
}

/** Loads a thread: from `history`, else from the file at `path`, else by id. */
export interface ThreadResumeParams {
  threadId: string;
  /** For internal use: a conversation to go on with. */
  history?: ResponseItem[] | null;
  path?: string | null;
  model?: string | null;
  modelProvider?: string | null;
  cwd?: string | null;
  approvalPolicy?: AskForApproval | null;
  sandbox?: SandboxMode | null;
  config?: Record<string, unknown> | null;
  baseInstructions?: string | null;
  developerInstructions?: string | null;
  personality?: Personality | null;
}

/** The loaded thread, with its turns. */
export interface ThreadResumeResponse {
  thread: Thread;
  model: string;
  modelProvider: string;
  cwd: string;
  approvalPolicy: AskForApproval;
  sandbox: SandboxPolicy;
  reasoningEffort: ReasoningEffort | null;
}

/** Copies a stored thread into a new one: from the file at `path`, else by id. */
export interface ThreadForkParams {
  threadId: string;
  path?: string | null;
  model?: string | null;
  modelProvider?: string | null;
  cwd?: string | null;
  approvalPolicy?: AskForApproval | null;
  sandbox?: SandboxMode | null;
  config?: Record<string, unknown> | null;
  baseInstructions?: string | null;
  developerInstructions?: string | null;
}

/** The new thread, with its turns. */
export interface ThreadForkResponse {
  thread: Thread;
  model: string;
  modelProvider: string;
  cwd: string;
  approvalPolicy: AskForApproval;
  sandbox: SandboxPolicy;
  reasoningEffort: ReasoningEffort | null;
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
  /** As the last page returned it. */
  cursor?: string | null;
  /** 1 to 100; 25 when absent. */
  limit?: Uint32 | null;
  sortKey?: ThreadSortKey | null;
  /** Absent: the server's current one; empty: all. */
  modelProviders?: string[] | null;
  /** Absent or empty: `cli` and `vscode`. */
  sourceKinds?: ThreadSourceKind[] | null;
  /** true: only archived threads. */
  archived?: boolean | null;
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
