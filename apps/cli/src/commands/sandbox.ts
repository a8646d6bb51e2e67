/** `codex sandbox`: runs a command of the user's under the sandbox that the agent's commands get. */

import { commandEnvironment } from "@codex-ts/core";
import { loadConfig, resolveCodexHome } from "@codex-ts/config";
import { cliOverrides, type ParsedLine, type Program } from "@codex-ts/launch";
import { runSandboxCommand } from "@codex-ts/sandbox";

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
