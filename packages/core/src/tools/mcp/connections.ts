/** A thread without MCP servers. What a thread asks of its servers is the contract of the package `mcp-client`. */

import type { McpConnections } from "@codex-ts/mcp-client";

/** No servers. */
export const noMcpConnections: McpConnections = {
  start: (host) => host.startupComplete([], [], []),
  ready: () => Promise.resolve([]),
  tools: () => [],
  callTool: (server) => Promise.reject(unknownServer(server)),
  listResources: (server) => Promise.reject(unknownServer(server)),
  listResourceTemplates: (server) => Promise.reject(unknownServer(server)),
  readResource: (server) => Promise.reject(unknownServer(server)),
  servers: () => [],
  cancelStartup: () => undefined,
  describe: () => Promise.resolve({ tools: {}, resources: {}, resource_templates: {}, auth_statuses: {} }),
  requestRefresh: () => undefined,
  applyRefresh: () => undefined,
  share: () => noMcpConnections,
  close: () => Promise.resolve(),
};

function unknownServer(server: string): Error {
  return new Error(`unknown MCP server '${server}'`);
}
