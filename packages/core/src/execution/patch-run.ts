/** Applies a planned patch: under the sandbox by our own executable, otherwise in this process. */

import type { PatchPlan } from "@codex-ts/apply-patch";
import type { Turn } from "../turn/turn.js";
import { CommandStartError } from "./command-runner.js";

/** A patch that has been planned and may be applied. */
export interface PatchCall {
  text: string;
  plan: PatchPlan;
  cwd: string;
  timeoutMs: number;
  sandboxed: boolean;
}

/** How it went. */
export interface PatchRun {
  exitCode: number;
  stdout: string;
  stderr: string;
  timedOut: boolean;
  /** The sandbox got in its way; nothing was changed. */
  denied: boolean;
}

/** Applies all of the patch or nothing. */
export async function runPatch(call: PatchCall, turn: Turn): Promise<PatchRun> {
  return call.sandboxed ? await runSandboxed(call, turn) : await runHere(call, turn);
}

// helpers

async function runHere({ plan }: PatchCall, { signal }: Turn): Promise<PatchRun> {
  const { commitPlan, PatchCommitError } = await import("@codex-ts/apply-patch");
  try {
    const { summary } = await commitPlan(plan, { signal });
    return { exitCode: 0, stdout: summary, stderr: "", timedOut: false, denied: false };
  } catch (error) {
    if (!(error instanceof PatchCommitError)) throw error;
    return { exitCode: 1, stdout: "", stderr: `${error.forModel}\n`, timedOut: false, denied: false };
  }
}

/**
 * The operating system enforces the policy, so the writing happens in a process of its own. The patch goes over stdin:
 * an argument has a size limit. The environment is empty: nothing of the command's reaches our own executable.
 */
async function runSandboxed({ text, cwd, timeoutMs }: PatchCall, turn: Turn): Promise<PatchRun> {
  const { session, settings, signal } = turn;
  try {
    const outcome = await session.services.runner.run(
      {
        argv: session.services.patchProgram,
        cwd,
        env: {},
        timeoutMs,
        stdin: text,
        sandbox: { policy: settings.sandboxPolicy, cwd: settings.cwd },
      },
      { signal, onOutput: () => undefined },
    );
    const { exitCode, stdout, stderr, timedOut, denied } = outcome;
    return { exitCode, stdout, stderr, timedOut, denied };
  } catch (error) {
    if (!(error instanceof CommandStartError)) throw error;
    return { exitCode: 1, stdout: "", stderr: `${error.message}\n`, timedOut: false, denied: true };
  }
}
