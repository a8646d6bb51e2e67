/** What is told while items change. */

import type { Int64, ResponseItem } from "@codex-ts/protocol";
import type { ThreadItem } from "./items.js";

/** An item begins; everything else about it comes later. */
export interface ItemStartedNotification {
  item: ThreadItem;
  threadId: string;
  turnId: string;
}

/** An item ended; nothing about it comes later. */
export interface ItemCompletedNotification {
  item: ThreadItem;
  threadId: string;
  turnId: string;
}

/** An item of the model's conversation; only with `experimentalRawEvents`. */
export interface RawResponseItemCompletedNotification {
  threadId: string;
  turnId: string;
  item: ResponseItem;
}

/** The next piece of a message. */
export interface AgentMessageDeltaNotification {
  threadId: string;
  turnId: string;
  itemId: string;
  delta: string;
}

/** The next piece of a reasoning summary. */
export interface ReasoningSummaryTextDeltaNotification {
  threadId: string;
  turnId: string;
  itemId: string;
  delta: string;
  /** Which paragraph, from 0. */
  summaryIndex: Int64;
}

/** A new summary paragraph begins. */
export interface ReasoningSummaryPartAddedNotification {
  threadId: string;
  turnId: string;
  itemId: string;
  /** Which paragraph, from 0. */
  summaryIndex: Int64;
}

/** The next piece of raw reasoning. */
export interface ReasoningTextDeltaNotification {
  threadId: string;
  turnId: string;
  itemId: string;
  delta: string;
  /** Which part, from 0. */
  contentIndex: Int64;
}

/** The next piece of a command's output. */
export interface CommandExecutionOutputDeltaNotification {
  threadId: string;
  turnId: string;
  itemId: string;
  delta: string;
}

/** Something was typed into a running session; an empty text is a poll. */
export interface TerminalInteractionNotification {
  threadId: string;
  turnId: string;
  itemId: string;
  processId: string;
  stdin: string;
}

/** The next piece of a patch's output. */
export interface FileChangeOutputDeltaNotification {
  threadId: string;
  turnId: string;
  itemId: string;
  delta: string;
}

/** How far an MCP call is. */
export interface McpToolCallProgressNotification {
  threadId: string;
  turnId: string;
  itemId: string;
  message: string;
}
