/** `codex completion`: a script that completes commands and options in a shell. */

import { completionScript, completionShells, type CommandSpec, type ParsedLine, type Program } from "@codex-ts/launch";

/** `codex completion`. */
export const completionCommand: CommandSpec = {
  name: "completion",
  about: "Print a completion script for a shell",
  examples: ["codex completion zsh > ~/.zfunc/_codex", "source <(codex completion bash)"],
  options: [],
  arguments: [{ name: "SHELL", choices: completionShells, help: "Default: bash" }],
};

/** Prints the script. */
export function runCompletion(line: ParsedLine, root: CommandSpec, program: Program): number {
  const wanted = line.path.at(-1)?.argument("SHELL") ?? "bash";
  const shell = completionShells.find((name) => name === wanted) ?? "bash";
  program.stdout(completionScript(shell, root));
  return 0;
}
