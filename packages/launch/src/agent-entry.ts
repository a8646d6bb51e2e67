/** The part of launch that brings the whole agent with it: an entry of its own, so that a command line can be read without it. */

export { createAgent, type AgentOptions } from "./agent.js";
export { replayWrapper, type ReplayRequest, type WrapClient } from "./replay.js";
