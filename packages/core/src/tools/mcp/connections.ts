/** The contract between a thread and its MCP servers. */

import type { McpRefreshConfig, McpToolsReply } from "@codex-ts/protocol";
import type { Tool } from "../tool.js";

/** The servers of one thread. */
export interface McpConnections {
  /** Resolves when every server is up, has failed, or ran out of time; the first request waits for it. */
  ready(signal: AbortSignal): Promise<void>;
  /** The servers' tools, sorted by qualified name. */
  tools(): Tool[];
  /** The tools that list and read resources; they are there without any server, too. */
  resourceTools(): Tool[];
  /** Gives up on servers that are still starting. */
  cancelStartup(): void;
  /** What the servers offer, and whether they know us. */
  describe(): Promise<McpToolsReply>;
  /** Remembers new servers for the next turn. */
  requestRefresh(config: McpRefreshConfig): void;
  /** Carries out a change of servers that was asked for since the last turn. */
  applyRefresh(): Promise<void>;
  close(): Promise<void>;
}

/** No servers. */
export const noMcpConnections: McpConnections = {
  ready: () => Promise.resolve(),
  tools: () => [],
  resourceTools: () => [],
  cancelStartup: () => undefined,
  describe: () => Promise.resolve({ tools: {}, resources: {}, resource_templates: {}, auth_statuses: {} }),
  requestRefresh: () => undefined,
  applyRefresh: () => Promise.resolve(),
  close: () => Promise.resolve(),
};
