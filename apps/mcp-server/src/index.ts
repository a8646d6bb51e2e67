/** codex mcp-server: the agent as an MCP server. */

import type { ParsedLine, Program } from "@codex-ts/launch";

export { mcpServerCommand } from "./mcp-server-command.js";

/** Runs the command; what serves is loaded only now. @returns the exit code */
export async function runMcpServer(line: ParsedLine, program: Program): Promise<number> {
  const loaded = await import("./run-mcp-server.js");
  return await loaded.runMcpServer(line, program);
}
