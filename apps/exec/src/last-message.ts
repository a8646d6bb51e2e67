/** Writes the agent's last message where `-o` says. */

import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { osErrorText } from "@codex-ts/config";
import type { Program } from "@codex-ts/launch";

/** Writes the message byte for byte; what goes wrong is said, and changes nothing about the run. */
export function writeLastMessage(path: string, message: string | null, program: Pick<Program, "cwd" | "stderr">): void {
  try {
    writeFileSync(resolve(program.cwd, path), message ?? "");
  } catch (error) {
    program.stderr(`Failed to write last message file ${JSON.stringify(path)}: ${osErrorText(error)}\n`);
    return;
  }
  if (message === null) program.stderr(`Warning: no last agent message; wrote empty content to ${path}\n`);
}
