// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { TurnError } from "./TurnError";

/** An error of a turn. */
export type ErrorNotification = {
  error: TurnError,
  /** true: the server tries again by itself and the turn goes on. */
  willRetry: boolean,
  threadId: string,
  turnId: string,
};
