// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { TurnAbortReason } from "./TurnAbortReason";

/** A turn was cut short. */
export type TurnAbortedEvent = {
  reason: TurnAbortReason,
};
