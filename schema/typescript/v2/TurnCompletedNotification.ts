// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { Turn } from "./Turn";

/** A turn ended: well, with an error, or cut short. */
export type TurnCompletedNotification = {
  threadId: string,
  turn: Turn,
};
