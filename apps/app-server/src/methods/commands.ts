/** Runs a command outside of any thread. */

import { resolve } from "node:path";
import { sandboxPolicyFromV2 } from "@codex-ts/app-server-protocol";
import { checkSandboxMode, ConfigError } from "@codex-ts/config";
import { commandEnvironment, CommandStartError, type RunOutcome, sandboxedRunner } from "@codex-ts/core";
import type { SandboxPolicy } from "@codex-ts/protocol";
import { internalError, invalidRequest, messageOf } from "../router/rpc-error.js";
import type { Engine } from "../server/engine.js";
import type { Methods } from "../router/call.js";
import { checkWritableRoots } from "./turns.js";

const DEFAULT_TIMEOUT_MS = 10_000;

export const commandMethods = {
  "command/exec": async ({ command, timeoutMs, cwd, sandboxPolicy, env }, { engine }) => {
    const policy = sandboxPolicy ? sandboxPolicyFromV2(sandboxPolicy) : null;
    const outcome = await run({ command, timeoutMs, cwd, policy, env }, engine);
    const { exitCode, stdout, stderr, timedOut } = outcome;
    return { exitCode, stdout, stderr, ...(timedOut ? { timedOut } : {}) };
  },

  execOneOffCommand: async ({ command, timeoutMs, cwd, sandboxPolicy }, { engine }) => {
    const { exitCode, stdout, stderr } = await run({ command, timeoutMs, cwd, policy: sandboxPolicy ?? null }, engine);
    return { exitCode, stdout, stderr };
  },
} satisfies Methods;

interface CommandGiven {
  command: string[];
  timeoutMs?: number | null | undefined;
  cwd?: string | null | undefined;
  /** null: as configured. */
  policy: SandboxPolicy | null;
  env?: Record<string, string | null> | null | undefined;
}

async function run(given: CommandGiven, { server, config }: Engine): Promise<RunOutcome> {
  const { command, timeoutMs, cwd, env } = given;
  if (command.length === 0) throw invalidRequest("command must not be empty");
  const policy = allowed(given.policy ?? config.sandboxPolicy, config);
  const { program, signal } = server;
  const folder = resolve(program.cwd, cwd ?? ".");
  const runner = sandboxedRunner({
    executable: program.self.executable,
    codexHome: config.codexHome,
    tmpdir: program.env["TMPDIR"],
  });
  try {
    return await runner.run(
      {
        argv: command,
        cwd: folder,
        env: changed(commandEnvironment(program.env, config.shellEnvironmentPolicy, policy), env ?? {}),
        timeoutMs: timeoutMs ?? DEFAULT_TIMEOUT_MS,
        sandbox: policy.type === "danger-full-access" ? null : { policy, cwd: folder },
      },
      { signal, onOutput: () => undefined },
    );
  } catch (error) {
    if (error instanceof CommandStartError) throw internalError(`exec failed: ${error.message}`, error);
    throw internalError(`exec failed: ${messageOf(error)}`, error);
  }
}

/** @throws {RpcError} the administrator forbids it */
function allowed(policy: SandboxPolicy, { requirements }: Engine["config"]): SandboxPolicy {
  checkWritableRoots(policy);
  try {
    checkSandboxMode(policy.type, requirements);
    return policy;
  } catch (error) {
    if (error instanceof ConfigError) throw invalidRequest(`invalid sandbox policy: ${error.message}`);
    throw error;
  }
}

/** null takes a variable away. */
function changed(env: Record<string, string>, changes: Record<string, string | null>): Record<string, string> {
  const kept = Object.entries({ ...env, ...changes }).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(kept);
}
