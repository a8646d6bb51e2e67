/** The command line of `codex acp`. */

import type { CommandSpec } from "@codex-ts/launch";

/** `codex acp`. */
export const acpCommand: CommandSpec = {
  name: "acp",
  about: "Serve an editor that speaks the Agent Client Protocol on stdin and stdout",
  examples: ["codex acp", 'codex acp -c model="gpt-5.2-codex"'],
  options: [],
};
