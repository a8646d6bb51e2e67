// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { EventMsg } from "./EventMsg";
import type { ReasoningEffort } from "./ReasoningEffort";
import type { ThreadId } from "./ThreadId";

/** A conversation was resumed; sent before the reply. */
export type SessionConfiguredNotification = {
  sessionId: ThreadId,
  model: string,
  reasoningEffort: ReasoningEffort | null,
  historyLogId: number,
  historyEntryCount: number,
  initialMessages: Array<EventMsg> | null,
  rolloutPath: string,
};
