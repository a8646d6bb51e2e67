/** Makes the sandbox's plan for one command. The machine is probed at the first command that needs a sandbox. */

import {
  probeSandbox,
  SandboxRefusal,
  sandboxPlan,
  type Backends,
  type SandboxOutcome,
  type SandboxPlan,
} from "@codex-ts/sandbox";
import type { SandboxPolicy } from "@codex-ts/protocol";
import { CommandStartError, type StartRequest } from "./command-runner.js";

/** What starting commands needs to know. */
export interface SandboxedRunnerOptions {
  /** Our own standalone executable; undefined when we run as a Node bundle. */
  executable: string | undefined;
  codexHome: string;
  /** `$TMPDIR` of this process. */
  tmpdir: string | undefined;
  /** Resolves when whoever hears of output can take more; null: now. Commands are read no faster than that. */
  congestion?: () => Promise<unknown> | null;
}

const BARE: SandboxPolicy = { type: "danger-full-access" };

/** @param terminal the command talks to a terminal @throws {CommandStartError} nothing here can enforce the policy */
export async function planFor(
  request: StartRequest,
  terminal: boolean,
  { codexHome, tmpdir, executable }: SandboxedRunnerOptions,
): Promise<SandboxPlan> {
  const backends = request.sandbox === null ? UNPROBED : await probeSandbox({ executable, codexHome });
  const plan = sandboxPlan(
    {
      argv: request.argv,
      cwd: request.cwd,
      env: request.env,
      policy: request.sandbox?.policy ?? BARE,
      policyCwd: request.sandbox?.cwd ?? request.cwd,
      codexHome,
      tmpdir,
      terminal,
    },
    backends,
  );
  if (plan instanceof SandboxRefusal) throw new CommandStartError(plan.message, { cause: plan });
  return plan;
}

/** What a person should know of a command that ran under a plan. */
export function noticesOf(plan: SandboxPlan, outcome: Extract<SandboxOutcome, { type: "exited" }>): string[] {
  const tampered = outcome.tampered.map(
    (path) => `The command changed ${path}, which is protected. Treat its content as untrusted.`,
  );
  // What is said of a bare plan is about the policy, and would be said again with every command.
  return [...(plan.backend === "none" ? [] : plan.notices), ...tampered];
}

// helpers

/** A bare command needs no backend, so nothing is probed for it. */
const UNPROBED: Backends = {
  platform: "other",
  arch: process.arch,
  root: false,
  bubblewrap: { ready: false, reason: "not probed" },
  landlock: { ready: false, reason: "not probed" },
  seatbelt: { ready: false, reason: "not probed" },
  windows: { ready: false, reason: "not probed" },
};
