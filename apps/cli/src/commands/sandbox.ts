/** `codex sandbox`: runs a command of the user's under the sandbox that the agent's commands get. */

import { commandEnvironment } from "@codex-ts/core";
import { loadConfig, resolveCodexHome } from "@codex-ts/config";
import { cliOverrides, type CommandSpec, type ParsedLine, type Program } from "@codex-ts/launch";
import { runSandboxCommand } from "@codex-ts/sandbox";

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

/** @returns the command's exit code */
export async function runSandbox(line: ParsedLine, program: Program): Promise<number> {
  const called = line.path.at(-1);
  const name = called?.spec.name;
  if (called === undefined || (name !== "linux" && name !== "macos" && name !== "windows")) return 2;
  const codexHome = resolveCodexHome(program.env);
  const fullAuto = called.has("full-auto");
  const config = await loadConfig({
    codexHome,
    cwd: program.cwd,
    env: program.env,
    overrides: { ...cliOverrides(line), harness: { sandboxMode: fullAuto ? "workspace-write" : "read-only" } },
  });
  const { type: _type, ...workspaceWrite } =
    config.sandboxPolicy.type === "workspace-write" ? config.sandboxPolicy : { type: "workspace-write" as const };
  return await runSandboxCommand(
    { system: name, fullAuto, logDenials: called.has("log-denials"), argv: called.arguments("COMMAND") },
    {
      cwd: program.cwd,
      env: commandEnvironment(program.env, config.shellEnvironmentPolicy, config.sandboxPolicy),
      codexHome,
      executable: program.self.executable,
      workspaceWrite,
      writeError: (text) => program.stderr(text),
    },
  );
}
