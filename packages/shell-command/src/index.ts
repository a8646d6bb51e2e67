/** Understands shell commands: plain-command extraction, safe and dangerous verdicts, command actions for display. */

export { loadShellAnalysis } from "./load.js";
export type { ShellAnalysis } from "./load.js";
export { carriedCommands } from "./script/carriers.js";
export type { VerdictContext } from "./verdicts/known-safe.js";
export { quoteCommand, quoteWord } from "./words/quote.js";
export { splitWords } from "./words/split.js";
export { shellArgv, shellKind } from "./shell/shell.js";
export type { Shell, ShellArgvOptions, ShellKind } from "./shell/shell.js";
export { detectUserShell } from "./shell/detect.js";
export type { ShellLookup } from "./shell/detect.js";
export { machineShellLookup } from "./shell/machine.js";
