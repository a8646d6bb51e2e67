/** A command under macOS's own sandbox. Pure. */

import type { SandboxPlan } from "../plan/plan.js";
import { sandboxedEnvironment } from "../plan/environment.js";
import { commandOf, type SandboxRequest } from "../plan/request.js";
import { networkIsOff } from "../policy/scope.js";
import type { WritableRoot } from "../policy/writable-roots.js";
import { seatbeltProfile } from "./seatbelt-profile.js";

/** Only this one: a program of the same name elsewhere in PATH could be anybody's. */
export const SANDBOX_EXEC = "/usr/bin/sandbox-exec";

/** @param userCacheDir the per-user cache folder, real path; undefined when the system does not name one */
export function seatbeltPlan(
  request: SandboxRequest,
  roots: readonly WritableRoot[],
  userCacheDir: string | undefined,
): SandboxPlan {
  const networkOff = networkIsOff(request.policy);
  const { text, parameters } = seatbeltProfile({
    roots,
    networkOff,
    userCacheDir,
    denialTag: request.denialTag,
  });
  const definitions = Object.entries(parameters).map(([name, value]) => `-D${name}=${value}`);
  return {
    kind: "plan",
    backend: "seatbelt",
    argv: [SANDBOX_EXEC, "-p", text, ...definitions, "--", ...request.argv],
    cwd: request.cwd,
    env: { ...sandboxedEnvironment(request), CODEX_SANDBOX: "seatbelt" },
    channels: [],
    mountPoints: [],
    watched: [],
    command: commandOf(request),
    notices: [],
  };
}
