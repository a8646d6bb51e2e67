// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ThreadTokenUsage } from "./ThreadTokenUsage";

/** A thread's usage so far. */
export type ThreadTokenUsageUpdatedNotification = {
  threadId: string,
  turnId: string,
  tokenUsage: ThreadTokenUsage,
};
