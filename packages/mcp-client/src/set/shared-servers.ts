/** The servers of a thread as another thread uses them: one process per server, however many agents there are. */

import type { McpStartupFailure } from "@codex-ts/protocol";
import type { McpConnections } from "../contract/connections.js";

/** @param settled the outcome of the start, once all servers have one */
export function sharedServers(
  owner: McpConnections,
  settled: () => Promise<[string[], McpStartupFailure[], string[]]>,
): McpConnections {
  return {
    start: (host) => void settled().then((outcome) => host.startupComplete(...outcome)),
    ready: async (_sandbox, signal) => {
      // The owner's sandbox counts: a server has one, and its owner answers for it.
      await owner.ready(null, signal);
      return [];
    },
    tools: () => owner.tools(),
    callTool: (server, tool, args, options) => owner.callTool(server, tool, args, options),
    listResources: (server, cursor, signal) => owner.listResources(server, cursor, signal),
    listResourceTemplates: (server, cursor, signal) => owner.listResourceTemplates(server, cursor, signal),
    readResource: (server, uri, signal) => owner.readResource(server, uri, signal),
    servers: () => owner.servers(),
    cancelStartup: () => undefined,
    describe: () => owner.describe(),
    requestRefresh: () => undefined,
    applyRefresh: () => undefined,
    share: () => owner.share(),
    close: () => Promise.resolve(),
  };
}
