/** Methods for threads that came after 0.92; names and forms as in 0.169. */

import type { RequestId, Uint32 } from "@codex-ts/protocol";
import type { UserInput } from "../v2/input.js";
import type { ThreadItem } from "../v2/items.js";

/** What an active thread waits for. */
export type ThreadActiveFlag = "waitingOnApproval" | "waitingOnUserInput";

/** Not loaded in this process. @inline */
export interface NotLoadedStatus {
  type: "notLoaded";
}

/** Loaded; no turn is running. @inline */
export interface IdleStatus {
  type: "idle";
}

/** Loaded, but broken. @inline */
export interface SystemErrorStatus {
  type: "systemError";
}

/** A turn is running. @inline */
export interface ActiveStatus {
  type: "active";
  activeFlags: ThreadActiveFlag[];
}

/** How a thread is in this process. */
export type ThreadStatus = NotLoadedStatus | IdleStatus | SystemErrorStatus | ActiveStatus;

/** Names a thread. */
export interface ThreadIdParams {
  threadId: string;
}

/** Nothing to say. */
export type EmptyResult = Record<string, unknown>;

/** Gives a thread a name. */
export interface ThreadSetNameParams {
  threadId: string;
  name: string;
}

/** What became of a subscription. */
export type ThreadUnsubscribeStatus = "notLoaded" | "notSubscribed" | "unsubscribed";

/** The client hears no more of the thread. */
export interface ThreadUnsubscribeResponse {
  status: ThreadUnsubscribeStatus;
}

/** Oldest or newest first. */
export type SortDirection = "asc" | "desc";

/** Lists the turns of a stored thread. */
export interface ThreadTurnsListParams {
  threadId: string;
  cursor?: string | null;
  limit?: Uint32 | null;
  sortDirection?: SortDirection | null;
}

/** Lists the items of a stored thread. */
export interface ThreadItemsListParams {
  threadId: string;
  /** Only items of this turn. */
  turnId?: string | null;
  cursor?: string | null;
  limit?: Uint32 | null;
  sortDirection?: SortDirection | null;
}

/** A page of items. */
export interface ThreadItemsListResponse {
  data: ThreadItem[];
  /** null at the end. */
  nextCursor: string | null;
}

/** Adds items to the conversation without a turn. */
export interface ThreadInjectItemsParams {
  threadId: string;
  /** Items in the form of the Responses API. */
  items: unknown[];
}

/** Runs a command of the user's in a thread, as `!` does in the terminal. */
export interface ThreadShellCommandParams {
  threadId: string;
  command: string;
  /** Milliseconds. */
  timeoutMs?: Uint32 | null;
}

/** Adds input to the running turn. */
export interface TurnSteerParams {
  threadId: string;
  /** The turn that must be running; otherwise the request fails. */
  expectedTurnId: string;
  input: UserInput[];
  /** The client's own name for the message. */
  clientUserMessageId?: string | null;
}

/** The input belongs to this turn. */
export interface TurnSteerResponse {
  turnId: string;
}

/** A thread's status changed. */
export interface ThreadStatusChangedNotification {
  threadId: string;
  status: ThreadStatus;
}

/** A thread's name changed; absent: it has none any more. */
export interface ThreadNameUpdatedNotification {
  threadId: string;
  threadName?: string;
}

/** Something a person should know. */
export interface WarningNotification {
  /** null: of no thread in particular. */
  threadId: string | null;
  message: string;
}

/** A question of the server needs no answer any more. */
export interface ServerRequestResolvedNotification {
  threadId: string;
  requestId: RequestId;
}
