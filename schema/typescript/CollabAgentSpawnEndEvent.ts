// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AgentStatus } from "./AgentStatus";
import type { ThreadId } from "./ThreadId";

/** Another agent was started, or could not be. */
export type CollabAgentSpawnEndEvent = {
  call_id: string,
  sender_thread_id: ThreadId,
  new_thread_id?: ThreadId | null,
  prompt: string,
  status: AgentStatus,
};
