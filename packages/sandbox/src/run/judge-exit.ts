/** Tells the end of the command from the failure of the sandbox around it, by what the wrapper left in its status file. Pure but for a look at PATH. */

import { statSync } from "node:fs";
import { constants } from "node:os";
import type { SandboxPlan } from "../plan/plan.js";
import { lookUpExecutable } from "./executable-lookup.js";
import type { SandboxOutcome } from "./outcome.js";

/** How the operating system says a process ended. */
export type ProcessEnd = { code: number | null; signal: string | null } | { error: Error };

/**
 * @param status the content of the plan's status channel
 * @param tampered which watched paths have changed
 */
export function judgeExit(
  plan: SandboxPlan,
  end: ProcessEnd,
  status: string,
  tampered: () => readonly string[],
): SandboxOutcome {
  if ("error" in end) {
    return wrapperMissing(plan, end.error.message);
  }
  const failure = end.signal === null ? wrapperFailure(plan, status) : undefined;
  if (failure !== undefined) {
    return failure;
  }
  const code = end.signal === null ? (end.code ?? 0) : 128 + signalNumber(end.signal);
  return { type: "exited", code, signal: end.signal, tampered: tampered() };
}

function signalNumber(name: string): number {
  return Object.entries(constants.signals).find(([known]) => known === name)?.[1] ?? 0;
}

/** The process itself could not be started: in a bare plan and in most others the command's own fault. */
function wrapperMissing(plan: SandboxPlan, message: string): SandboxOutcome {
  const failure = cannotExecute(plan, plan.backend === "none" ? message : "");
  return failure.reason === "" ? { type: "not-sandboxed", code: 125, backend: plan.backend, reason: message } : failure;
}

function wrapperFailure(plan: SandboxPlan, status: string): SandboxOutcome | undefined {
  switch (plan.backend) {
    case "bubblewrap":
      // Written only for a command that was executed and has ended.
      return status.includes('"exit-code"') ? undefined : bubblewrapFailure(plan);
    case "landlock":
      // Written only when there was something to say before the command took the helper's place.
      return status === "" ? undefined : helperFailure(plan, status);
    case "seatbelt":
    case "windows":
    case "none":
      return undefined;
  }
}

function bubblewrapFailure(plan: SandboxPlan): SandboxOutcome {
  const failure = cannotExecute(plan, "");
  return failure.reason !== ""
    ? failure
    : { type: "not-sandboxed", code: 125, backend: "bubblewrap", reason: "bubblewrap could not set up the sandbox" };
}

function helperFailure(plan: SandboxPlan, status: string): SandboxOutcome {
  const { code, reason } = JSON.parse(status) as { code: number; reason: string };
  return code === 126 || code === 127
    ? { type: "not-executable", code, reason }
    : { type: "not-sandboxed", code: 125, backend: plan.backend, reason };
}

type NotExecutable = Extract<SandboxOutcome, { type: "not-executable" }>;

function cannotExecute(plan: SandboxPlan, otherwise: string): NotExecutable {
  const { argv, searchPath, cwd } = plan.command;
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return { type: "not-executable", code: 126, reason: `${cwd}: not a folder` };
  }
  const lookup = lookUpExecutable(argv[0] ?? "", searchPath, cwd);
  return lookup.found
    ? { type: "not-executable", code: 126, reason: otherwise }
    : { type: "not-executable", code: lookup.code, reason: lookup.reason };
}
