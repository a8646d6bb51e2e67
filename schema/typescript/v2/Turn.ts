// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ThreadItem } from "./ThreadItem";
import type { TurnError } from "./TurnError";
import type { TurnStatus } from "./TurnStatus";

/** One user input and everything the agent does for it. */
export type Turn = {
  id: string,
  /** Filled only where `Thread.turns` is filled; else empty. */
  items: Array<ThreadItem>,
  status: TurnStatus,
  /** Set exactly when the status is `failed`. */
  error: TurnError | null,
  /** Unix seconds. (since 0.169) */
  startedAt?: number | null,
  /** Unix seconds. (since 0.169) */
  completedAt?: number | null,
  /** Milliseconds. (since 0.169) */
  durationMs?: number | null,
};
