/** What every program shares: root flags, config overrides, building the services, argv[0] dispatch, signals. */

export { createAgent, type AgentOptions, type OwnProgram } from "./agent.js";
export { helpText } from "./arguments/help.js";
export { parseArguments } from "./arguments/parse.js";
export type { ParsedCommand, ParsedLine, ParseResult } from "./arguments/parsed.js";
export type { ArgumentSpec, CommandSpec, OptionSpec, ValueSpec } from "./arguments/spec.js";
export { loadDotenv, parseDotenv } from "./dotenv.js";
export { cliOverrides, globalOptions } from "./global-options.js";
export { DEFAULT_ORIGINATOR, originatorFrom, VERSION } from "./product.js";
export { processProgram, writeAll, type Program } from "./program.js";
export { replayWrapper, type ReplayRequest, type WrapClient } from "./replay.js";
export { userAgent } from "./user-agent.js";
