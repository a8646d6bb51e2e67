/** How a test starts the fake MCP server as a child process. */

import { join } from "node:path";
import type { FakeMcpScript } from "./fake-mcp-server.js";

/** argv of the fake. */
export function fakeMcpProgram(script: FakeMcpScript = {}): { command: string; args: string[] } {
  return { command: process.execPath, args: [join(import.meta.dirname, "fake-mcp-server.ts"), JSON.stringify(script)] };
}

/** The fake as a table of config.toml. `extra` are further keys. */
export function fakeMcpConfig(name: string, script: FakeMcpScript = {}, extra = ""): string {
  const { command, args } = fakeMcpProgram(script);
  return `\n[mcp_servers.${name}]\ncommand = ${JSON.stringify(command)}\nargs = ${JSON.stringify(args)}\n${extra}\n`;
}
