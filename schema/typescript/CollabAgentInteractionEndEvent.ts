// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { AgentStatus } from "./AgentStatus";
import type { ThreadId } from "./ThreadId";

/** Input was sent to another agent. */
export type CollabAgentInteractionEndEvent = {
  call_id: string,
  sender_thread_id: ThreadId,
  receiver_thread_id: ThreadId,
  prompt: string,
  status: AgentStatus,
};
