/** Which notifications a subscriber of v1 is not sent. */

import type { ServerNotificationMethod } from "./messages.js";

const notForV1: ReadonlySet<string> = new Set<ServerNotificationMethod>([
  "turn/started",
  "turn/diff/updated",
  "turn/plan/updated",
  "rawResponseItem/completed",
]);

/** @returns whether a subscriber of v1 is sent this notification of v2 besides the legacy events */
export function isSentToV1(method: ServerNotificationMethod): boolean {
  return !notForV1.has(method);
}
