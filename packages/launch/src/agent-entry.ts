/** The part of launch that brings the whole agent with it: an entry of its own, so that a command line can be read without it. */

export { assembleAgent, createAgent, type AgentOptions, type AgentParts } from "./agent.js";
export {
  describeMcpServers,
  mcpRefreshConfig,
  McpLoginRefused,
  startMcpServerLogin,
  type McpServerDescription,
  type McpServerLogin,
} from "./mcp/questions.js";
export { replayWrapper, type ReplayRequest, type WrapClient } from "./replay.js";
