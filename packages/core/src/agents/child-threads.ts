/** The contract by which a session starts other threads; the thread manager keeps it. */

import type { McpConnections } from "@codex-ts/mcp-client";
import type { AgentStatus, SessionSource, ThreadId } from "@codex-ts/protocol";
import type { ThreadConfig } from "../session/services.js";
import type { Thread } from "../threads/thread.js";

/** Starts threads for one thread, and finds those that it started: others do not exist for it. */
export interface ChildThreads {
  /** @param mcp the servers of the thread that starts it: they are shared */
  start(config: ThreadConfig, source: SessionSource, mcp: McpConnections): Promise<Thread>;
  /** null: there is none of that id, or it was closed. */
  find(id: ThreadId): Thread | null;
  /** How a thread is; `not_found` when there is none. */
  status(id: ThreadId): AgentStatus;
  close(id: ThreadId): Promise<void>;
  /** How many threads live that agents started, those of other threads included. */
  spawned(): number;
}
