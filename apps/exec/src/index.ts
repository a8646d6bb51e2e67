/** codex exec: one task, headless, for people and for scripts. */

export { execCommand } from "./exec-command.js";
export { runExec } from "./run-exec.js";
