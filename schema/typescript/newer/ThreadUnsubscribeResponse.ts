// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { ThreadUnsubscribeStatus } from "./ThreadUnsubscribeStatus";

/** The client hears no more of the thread. */
export type ThreadUnsubscribeResponse = {
  status: ThreadUnsubscribeStatus,
};
