// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ThreadId } from "./ThreadId";

/** Another agent is about to be closed. */
export type CollabCloseBeginEvent = {
  call_id: string,
  sender_thread_id: ThreadId,
  receiver_thread_id: ThreadId,
};
