/** codex acp: the agent for editors that speak the Agent Client Protocol. */

import type { ParsedLine, Program } from "@codex-ts/launch";

export { acpCommand } from "./acp-command.js";

/** Runs the command; the protocol and the agent are loaded only now. @returns the exit code */
export async function runAcp(line: ParsedLine, program: Program): Promise<number> {
  const loaded = await import("./run-acp.js");
  return await loaded.runAcp(line, program);
}
