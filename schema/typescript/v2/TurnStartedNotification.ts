// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Turn } from "./Turn";

/** A turn began. */
export type TurnStartedNotification = {
  threadId: string,
  turn: Turn,
};
