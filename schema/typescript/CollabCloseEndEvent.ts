// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AgentStatus } from "./AgentStatus";
import type { ThreadId } from "./ThreadId";

/** Another agent was closed. */
export type CollabCloseEndEvent = {
  call_id: string,
  sender_thread_id: ThreadId,
  receiver_thread_id: ThreadId,
  status: AgentStatus,
};
