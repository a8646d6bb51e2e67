/** What every program shares: the command line, config overrides, the process, signals. The agent itself is the entry `/agent`. */

export { completionScript, completionShells, type CompletionShell } from "./arguments/completion.js";
export { helpText } from "./arguments/help.js";
export { parseArguments } from "./arguments/parse.js";
export type { ParsedCommand, ParsedLine, ParseResult } from "./arguments/parsed.js";
export { UsageError, usageError } from "./arguments/usage-error.js";
export type { ArgumentSpec, CommandSpec, OptionSpec, ValueSpec } from "./arguments/spec.js";
export { loadDotenv } from "./dotenv.js";
export { cliOverrides, globalOptions } from "./global-options.js";
export { DEFAULT_ORIGINATOR, headerText, isHeaderText, originatorFrom, VERSION } from "./product.js";
export { processProgram, writeAll, type LogLevel, type OwnProgram, type Program } from "./program.js";
export { type InputLine, LineSplitter, MAX_LINE_BYTES } from "./stdio/line-splitter.js";
export { Outbox, type OutboxOptions } from "./stdio/outbox.js";
export { stdinBytes } from "./stdio/stdin.js";
export { stdoutWriter, type TextWriter } from "./stdio/stdout.js";
export { userAgent } from "./user-agent.js";
