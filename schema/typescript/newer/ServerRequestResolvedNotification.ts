// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { RequestId } from "../RequestId";

/** A question of the server needs no answer any more. */
export type ServerRequestResolvedNotification = {
  threadId: string,
  requestId: RequestId,
};
