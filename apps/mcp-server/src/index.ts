/** codex mcp-server: the agent as an MCP server. */

export { mcpServerCommand } from "./mcp-server-command.js";
export { runMcpServer } from "./run-mcp-server.js";
