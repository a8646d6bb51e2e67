// GENERATED CODE! DO NOT MODIFY BY HAND!

/** How a thread is. Everything but `pending_init` and `running` is final. */
export type AgentStatus = "pending_init" | "running" | "shutdown" | "not_found" | {
  completed: string | null,
} | {
  errored: string,
};
