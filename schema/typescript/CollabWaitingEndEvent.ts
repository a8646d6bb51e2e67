// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AgentStatus } from "./AgentStatus";
import type { ThreadId } from "./ThreadId";

/** The waiting is over. */
export type CollabWaitingEndEvent = {
  sender_thread_id: ThreadId,
  call_id: string,
  /** By thread id. */
  statuses: { [key in string]?: AgentStatus },
};
