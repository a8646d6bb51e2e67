// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { CollabAgentStatus } from "./CollabAgentStatus";

/** How another agent is, with its last words. */
export type CollabAgentState = {
  status: CollabAgentStatus,
  /** Its last message, or its error; null when there is none. */
  message: string | null,
};
