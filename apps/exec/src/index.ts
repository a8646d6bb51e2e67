/** codex exec: one task, headless, for people and for scripts. */

import type { ParsedLine, Program } from "@codex-ts/launch";

export { execCommand, reviewCommand } from "./exec-command.js";

/** Runs the command. The agent is loaded now, and not when the command line is read. @returns the exit code */
export async function runExec(line: ParsedLine, program: Program): Promise<number> {
  const { runExec: run } = await import("./run-exec.js");
  return await run(line, program);
}
