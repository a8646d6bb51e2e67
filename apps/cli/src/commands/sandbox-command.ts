/** The command line of `codex sandbox`. */

import type { CommandSpec } from "@codex-ts/launch";

const system = (name: string, aliases: string[], about: string): CommandSpec => ({
  name,
  hiddenAliases: aliases,
  about,
  examples: [`codex sandbox ${name} -- ls /root`, `codex sandbox ${name} --full-auto -- npm test`],
  options: [
    { long: "full-auto", help: "Allow writing in the current folder and the temporary folders" },
    { long: "log-denials", help: "Print afterwards what was refused (macOS)" },
  ],
  arguments: [{ name: "COMMAND", rest: true, help: "The program and its arguments" }],
});

/** `codex sandbox linux|macos|windows`. */
export const sandboxCommand: CommandSpec = {
  name: "sandbox",
  aliases: ["debug"],
  about: "Run a command in the sandbox that the agent's commands run in",
  examples: ["codex sandbox linux -- cat /etc/hostname"],
  options: [],
  needsSubcommand: true,
  subcommands: [
    system("macos", ["seatbelt"], "Run a command under Seatbelt (macOS only)"),
    system("linux", ["landlock"], "Run a command under bubblewrap, or Landlock and seccomp (Linux only)"),
    system("windows", [], "Run a command under a restricted token (Windows only)"),
  ],
};
