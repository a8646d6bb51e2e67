/** MCP servers for a test's thread: real connections to the fake server. */

import { fixedAuthorization, McpServers, type McpServersOptions } from "@codex-ts/mcp-client";
import { PLAIN_MCP_SERVER, type McpServerConfig } from "@codex-ts/config";
import type { Services } from "@codex-ts/core";
import { fakeMcpProgram, type FakeMcpScript } from "@codex-ts/test-support";

/** One server of a test. */
export interface FakeMcp {
  script?: FakeMcpScript;
  config?: Partial<McpServerConfig>;
}

/** Services with these servers. */
export function withMcp(
  servers: Record<string, FakeMcp>,
  options: Partial<McpServersOptions> = {},
): () => Partial<Services> {
  return () => ({
    mcp: new McpServers({
      servers: new Map(Object.entries(servers).map(([name, server]) => [name, configOf(server)])),
      env: process.env,
      cwd: process.cwd(),
      fetch: (url, init) => fetch(url, init),
      patienceMs: null,
      sandboxExecutable: null,
      login: () => fixedAuthorization(() => Promise.resolve({})),
      readServers: () => new Map(),
      authStatus: () => Promise.resolve("unsupported"),
      log: () => undefined,
      ...options,
    }),
  });
}

function configOf({ script = {}, config = {} }: FakeMcp): McpServerConfig {
  return {
    transport: { type: "stdio", ...fakeMcpProgram(script), env: null, envVars: [], cwd: null },
    ...PLAIN_MCP_SERVER,
    ...config,
  };
}
