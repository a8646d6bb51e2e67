/** codex mcp-server: the agent as an MCP server. */

export {};
