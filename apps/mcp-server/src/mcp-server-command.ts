/** The command line of `codex mcp-server`. */

import type { CommandSpec } from "@codex-ts/launch";

/** `codex mcp-server`. */
export const mcpServerCommand: CommandSpec = {
  name: "mcp-server",
  about: "[experimental] Be an MCP server on stdin and stdout, so that other agents can use this one",
  examples: ["codex mcp-server", "npx @modelcontextprotocol/inspector codex mcp-server"],
  options: [],
};
