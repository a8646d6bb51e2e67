// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ThreadId } from "./ThreadId";

/** Input is about to be sent to another agent. */
export type CollabAgentInteractionBeginEvent = {
  call_id: string,
  sender_thread_id: ThreadId,
  receiver_thread_id: ThreadId,
  prompt: string,
};
