/** What this program can enforce on Windows. Pure. */

import type { Backends } from "../plan/backends.js";
import { type SandboxPlan, SandboxRefusal } from "../plan/plan.js";
import type { SandboxRequest } from "../plan/request.js";

/** Refuses: enforcing needs a native program that this package does not have. */
export function windowsPlan(_request: SandboxRequest, backends: Backends): SandboxPlan | SandboxRefusal {
  const reason = backends.windows.ready ? "not supported yet" : backends.windows.reason;
  return new SandboxRefusal([{ backend: "windows", reason }], "Use Windows Subsystem for Linux.");
}
