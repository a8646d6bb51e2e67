/** Connections to MCP servers: start-up, tools, resources, elicitation, OAuth. */

export {};
