// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ThreadId } from "./ThreadId";

/** Another agent is about to be started. */
export type CollabAgentSpawnBeginEvent = {
  call_id: string,
  sender_thread_id: ThreadId,
  prompt: string,
};
