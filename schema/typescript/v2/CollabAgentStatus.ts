// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How another agent is; everything but `pendingInit` and `running` is final. */
export type CollabAgentStatus = "pendingInit" | "running" | "completed" | "errored" | "shutdown" | "notFound";
