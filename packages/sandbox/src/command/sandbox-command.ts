/** `codex sandbox linux|macos|windows`: runs one command as the agent's commands are run. */

import { randomUUID } from "node:crypto";
import type { AbsolutePath, SandboxPolicy, WorkspaceWritePolicy } from "@codex-ts/protocol";
import { denialReport, watchDenials } from "../macos/denial-log.js";
import { SandboxRefusal } from "../plan/plan.js";
import { probeSandbox } from "../plan/probe-sandbox.js";
import type { Environment } from "../plan/request.js";
import { sandboxPlan } from "../plan/sandbox-plan.js";
import type { SandboxOutcome } from "../run/outcome.js";
import { type SandboxedProcess, spawnSandboxed } from "../run/spawn.js";

/** What the command line said. */
export interface SandboxCommand {
  system: "linux" | "macos" | "windows";
  /** Workspace-write instead of read-only. */
  fullAuto: boolean;
  /** macOS: print afterwards what was refused. */
  logDenials: boolean;
  /** Program and arguments. */
  argv: readonly string[];
}

/** What configuration and surroundings say. */
export interface SandboxCommandContext {
  cwd: AbsolutePath;
  /** The command's environment, as `shell_environment_policy` leaves it. */
  env: Environment;
  codexHome: AbsolutePath;
  executable: AbsolutePath | undefined;
  /** `[sandbox_workspace_write]`; counts with `fullAuto` only. */
  workspaceWrite: Omit<WorkspaceWritePolicy, "type">;
  /** Our own error output. */
  writeError: (text: string) => void;
}

/** Runs the command with our own three streams. Resolves to the exit code of the program. */
export async function runSandboxCommand(command: SandboxCommand, context: SandboxCommandContext): Promise<number> {
  const problem = usageProblem(command);
  if (problem !== undefined) {
    context.writeError(`Error: ${problem.text}\n`);
    return problem.code;
  }
  const tag = command.logDenials ? `codex-${randomUUID()}` : undefined;
  const denials = tag === undefined ? undefined : watchDenials(tag);
  const code = await runInSandbox(policyOf(command, context), command.argv, context, tag);
  if (denials !== undefined) {
    context.writeError(denialReport(await denials.stop()));
  }
  return code;
}

/**
 * Runs one command under a policy with our own three streams and gives its exit code; problems are told on stderr.
 * @param denialTag macOS: a text to attach to refusals in the system log
 */
export async function runInSandbox(
  policy: SandboxPolicy,
  argv: readonly string[],
  context: Omit<SandboxCommandContext, "workspaceWrite"> & { policyCwd?: AbsolutePath },
  denialTag?: string,
): Promise<number> {
  const { cwd, env, codexHome, executable, policyCwd = cwd } = context;
  const backends = await probeSandbox({ executable, codexHome });
  const terminal = process.stdin.isTTY;
  const tmpdir = process.env["TMPDIR"];
  const request = { argv, cwd, env, policy, policyCwd, codexHome, tmpdir, terminal };
  const plan = sandboxPlan({ ...request, ...(denialTag === undefined ? {} : { denialTag }) }, backends);
  if (plan instanceof SandboxRefusal) {
    context.writeError(`Error: ${plan.message}\n`);
    return 1;
  }
  plan.notices.forEach((notice) => context.writeError(`Warning: ${notice}\n`));
  const child = spawnSandboxed(plan, { stdin: "inherit", codexHome });
  const release = passSignalsOn(child);
  const outcome = await child.outcome;
  release();
  return report(outcome, context.writeError);
}

const SYSTEMS = {
  linux: { platform: "linux", missing: "Linux sandbox is only available on Linux" },
  macos: { platform: "darwin", missing: "Seatbelt sandbox is only available on macOS" },
  windows: { platform: "win32", missing: "Windows sandbox is only available on Windows" },
} as const;

const USAGE_ERROR = 2;

function usageProblem({ system, argv }: SandboxCommand): { text: string; code: number } | undefined {
  const { platform, missing } = SYSTEMS[system];
  if (process.platform !== platform) {
    return { text: missing, code: 1 };
  }
  return argv.length === 0 ? { text: "No command specified to execute.", code: USAGE_ERROR } : undefined;
}

function policyOf({ fullAuto }: SandboxCommand, { workspaceWrite }: SandboxCommandContext): SandboxPolicy {
  return fullAuto ? { ...workspaceWrite, type: "workspace-write" } : { type: "read-only" };
}

/** Ctrl-C reaches the command by the terminal, and what it makes of it is its own affair; other requests to end go by us. */
function passSignalsOn(child: SandboxedProcess): () => void {
  const ignore = (): void => undefined;
  const terminate = (): void => child.terminate("SIGTERM");
  process.on("SIGINT", ignore);
  process.on("SIGTERM", terminate);
  return () => {
    process.removeListener("SIGINT", ignore);
    process.removeListener("SIGTERM", terminate);
  };
}

function report(outcome: SandboxOutcome, writeError: (text: string) => void): number {
  switch (outcome.type) {
    case "exited":
      outcome.tampered.forEach((path) =>
        writeError(`Warning: the command changed ${path}, which is protected; treat its content as untrusted.\n`),
      );
      break;
    case "not-executable":
    case "not-sandboxed":
      writeError(`Error: ${outcome.reason}\n`);
  }
  return outcome.code;
}
