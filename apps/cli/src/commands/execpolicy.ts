/** `codex execpolicy check`: what rules files say about a command. */

import type { CommandSpec } from "@codex-ts/launch";

/** `codex execpolicy`. Its arguments are read by the rules package, which has the program alone, too. */
export const execpolicyCommand: CommandSpec = {
  name: "execpolicy",
  hidden: true,
  about: "Check commands against rules files",
  examples: ["codex execpolicy check --rules ~/.codex/rules/default.rules --pretty -- git push"],
  options: [],
  needsSubcommand: true,
  subcommands: [
    {
      name: "check",
      about: "Print which rules match a command, and the decision",
      examples: ["codex execpolicy check -r default.rules -- rm -rf /"],
      options: [
        {
          long: "rules",
          short: "r",
          value: { name: "PATH", hint: "file" },
          repeatable: true,
          required: true,
          help: "A rules file",
        },
        { long: "pretty", help: "Indent the output" },
      ],
      arguments: [{ name: "COMMAND", rest: true, required: true, help: "The command" }],
    },
  ],
};
