/** Threads that a thread starts. */

/** How a thread is. Everything but `pending_init` and `running` is final. */
export type AgentStatus =
  | "pending_init"
  | "running"
  | { completed: string | null }
  | { errored: string }
  | "shutdown"
  | "not_found";

/** What an agent asks of another. */
export type SubAgentTool = "spawn_agent" | "send_input" | "wait" | "close_agent";
