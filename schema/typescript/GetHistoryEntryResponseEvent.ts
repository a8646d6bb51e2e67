// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { HistoryEntry } from "./HistoryEntry";

/** An entry by its place; `entry` is null or absent when there is none. */
export type GetHistoryEntryResponseEvent = {
  offset: number,
  log_id: number,
  entry?: HistoryEntry | null,
};
