/** codex app-server: the agent behind JSON-RPC, for editors. */

import type { ParsedLine, Program } from "@codex-ts/launch";

export { appServerCommand } from "./app-server-command.js";

/** Runs the command. The server is loaded now, and not when the command line is read. @returns the exit code */
export async function runAppServer(line: ParsedLine, program: Program): Promise<number> {
  const { runAppServer: run } = await import("./run-app-server.js");
  return await run(line, program);
}
