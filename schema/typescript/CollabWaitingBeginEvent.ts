// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ThreadId } from "./ThreadId";

/** The agent begins to wait for others. */
export type CollabWaitingBeginEvent = {
  sender_thread_id: ThreadId,
  receiver_thread_ids: Array<ThreadId>,
  call_id: string,
};
