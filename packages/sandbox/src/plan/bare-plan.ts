/** A command without any wrapper, for policies that ask for no enforcement. Pure. */

import { sandboxedEnvironment } from "./environment.js";
import type { SandboxPlan } from "./plan.js";
import { commandOf, type SandboxRequest } from "./request.js";

/** @param notices why nothing is enforced although the policy asks for something */
export function barePlan(request: SandboxRequest, notices: readonly string[] = []): SandboxPlan {
  return {
    kind: "plan",
    backend: "none",
    argv: request.argv,
    cwd: request.cwd,
    env: sandboxedEnvironment(request),
    channels: [],
    mountPoints: [],
    watched: [],
    command: commandOf(request),
    notices,
  };
}
