// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How a call of another agent is; everything but `inProgress` is final. */
export type CollabAgentToolCallStatus = "inProgress" | "completed" | "failed";
