/** Turns a sandbox policy into a plan for the operating system and spawns commands under it. */

export type { Backends, BubblewrapReady, LandlockReady, NotReady, SystemReady } from "./plan/backends.js";
export {
  type BackendRefusal,
  type PlanChannel,
  type SandboxBackend,
  type SandboxPlan,
  SandboxRefusal,
} from "./plan/plan.js";
export { type ProbeOptions, probeSandbox } from "./plan/probe-sandbox.js";
export type { Environment, SandboxRequest } from "./plan/request.js";
export { sandboxPlan } from "./plan/sandbox-plan.js";
export { isWritable } from "./policy/access-map.js";
export { networkIsOff, type SandboxScope } from "./policy/scope.js";
export { type WritableRoot, writableRoots } from "./policy/writable-roots.js";
export type { SandboxOutcome } from "./run/outcome.js";
export { type SandboxedProcess, spawnSandboxed, type SpawnOptions } from "./run/spawn.js";
export { type PreparedPlan, preparePlan } from "./run/preparation.js";
export type { ProcessEnd } from "./run/judge-exit.js";
export {
  runInSandbox,
  runSandboxCommand,
  type SandboxCommand,
  type SandboxCommandContext,
} from "./command/sandbox-command.js";
export { parsePolicy, PolicyError } from "./policy/parse-policy.js";
export { cleanEnvironment } from "./run/clean-environment.js";
export { type DenialEvidence, looksDenied } from "./run/denial.js";
