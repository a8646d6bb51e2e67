/** Environments: the fixed one for our own helpers, and the command's with what the sandbox tells it. */

import type { Environment, SandboxRequest } from "./request.js";
import { networkIsOff } from "../policy/scope.js";

/**
 * All that a sandbox wrapper gets. Nothing a command, a policy or a dotenv file could set may reach a program that still
 * runs outside the sandbox: one `LD_PRELOAD` or `BUN_OPTIONS` would run foreign code there.
 */
export const MINIMAL_ENVIRONMENT: Environment = { PATH: "/usr/local/bin:/usr/bin:/bin" };

/** The command's environment, with the marker that programs use to skip what needs a network; names that cannot exist are left out. */
export function sandboxedEnvironment({ env, policy }: SandboxRequest): Environment {
  const real = Object.fromEntries(Object.entries(env).filter(([name]) => name !== "" && !name.includes("=")));
  return networkIsOff(policy) ? { ...real, CODEX_SANDBOX_NETWORK_DISABLED: "1" } : real;
}
