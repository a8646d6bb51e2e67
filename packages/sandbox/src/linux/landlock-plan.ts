/** A command under the helper in our executable: Landlock for files, the system call filter for the rest. Pure. */

import type { LandlockReady } from "../plan/backends.js";
import { MINIMAL_ENVIRONMENT, sandboxedEnvironment } from "../plan/environment.js";
import type { SandboxPlan } from "../plan/plan.js";
import { commandOf, type SandboxRequest } from "../plan/request.js";
import { networkIsOff, writesAreRestricted } from "../policy/scope.js";
import { encodeOrder, HELPER_NAME, helperArgv } from "./helper-arguments.js";
import type { ProtectionSurvey } from "./protection-survey.js";

/** @param ownPid the process whose end is to end the command */
export function landlockPlan(
  request: SandboxRequest,
  survey: ProtectionSurvey,
  landlock: LandlockReady,
  ownPid: number,
): SandboxPlan {
  const roots = survey.entries.filter((entry) => entry.access === "write").map((entry) => entry.path);
  const order = encodeOrder({
    writable: writesAreRestricted(request.policy) ? roots : null,
    networkOff: networkIsOff(request.policy),
    env: sandboxedEnvironment(request),
    parent: ownPid,
  });
  const watched = [
    ...survey.entries.filter((entry) => entry.access === "read").map((entry) => entry.path),
    ...survey.links,
  ];
  return {
    kind: "plan",
    backend: "landlock",
    argv: [landlock.executable, ...helperArgv(request.argv)],
    argv0: HELPER_NAME,
    cwd: request.cwd,
    env: MINIMAL_ENVIRONMENT,
    channels: [{ carries: "bytes", bytes: order }, { carries: "status" }],
    mountPoints: [],
    watched,
    command: commandOf(request),
    notices: watched.length === 0 ? [] : [UNPROTECTED],
  };
}

const UNPROTECTED =
  "Landlock cannot keep .git and .codex inside a writable folder read-only; changes to them are detected after the run.";

/** Why Landlock must not be used for this request, or undefined. */
export function landlockObjection({ codexHome }: SandboxRequest, survey: ProtectionSurvey): string | undefined {
  return survey.codexHomeExposed ? `it cannot protect ${codexHome}, which lies inside a writable folder` : undefined;
}
