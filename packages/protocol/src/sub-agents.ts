/** Threads that a thread starts. */

/** How a thread is. Everything but `pending_init` and `running` is final. */
export type AgentStatus = "pending_init" | "running" | AgentCompleted | AgentErrored | "shutdown" | "not_found";

/** The agent's last turn ended well; null: without a message. @inline @closed */
export interface AgentCompleted {
  completed: string | null;
}

/** The agent's last turn failed or was cut short. @inline @closed */
export interface AgentErrored {
  errored: string;
}

/** What an agent asks of another. */
export type SubAgentTool = "spawn_agent" | "send_input" | "wait" | "close_agent";
