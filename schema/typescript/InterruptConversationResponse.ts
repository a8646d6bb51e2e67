// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { TurnAbortReason } from "./TurnAbortReason";

/** The turn is stopped. */
export type InterruptConversationResponse = {
  abortReason: TurnAbortReason,
};
