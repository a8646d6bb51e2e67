/** Codex in this process: the same threads without a child. */

export { Codex, type InProcessOptions } from "./in-process/codex.js";
export { ThreadBusyError, ThreadNotFoundError } from "./in-process/errors.js";
