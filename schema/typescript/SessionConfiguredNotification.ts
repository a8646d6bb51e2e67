// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { EventMsg } from "./EventMsg";
import type { ReasoningEffort } from "./ReasoningEffort";
import type { ThreadId } from "./ThreadId";

/** A conversation was resumed; sent before the reply. */
export type SessionConfiguredNotification = {
  historyEntryCount: number,
  historyLogId: number,
  initialMessages: Array<EventMsg> | null,
  model: string,
  reasoningEffort: ReasoningEffort | null,
  rolloutPath: string,
  sessionId: ThreadId,
};
