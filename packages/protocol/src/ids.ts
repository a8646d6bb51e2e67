/** Names of things that are passed around as strings. */

import type { Int64 } from "./numbers.js";

/** A conversation: a UUIDv7. */
export type ThreadId = string;
/** A turn: the id of the submission that started it (`"0"`, `"1"`, ... unless the caller chose one). @inline */
export type TurnId = string;
/** The id of a JSON-RPC request: a string or an integer, echoed with its type. */
export type RequestId = string | Int64;
/** An item within a thread: the server's id, a call id, or a fresh UUID. @inline */
export type ItemId = string;
/** A question within a thread. @inline */
export type QuestionId = string;
/** UTC with milliseconds: `2026-11-20T16:41:38.480Z`. @inline */
export type IsoTime = string;
