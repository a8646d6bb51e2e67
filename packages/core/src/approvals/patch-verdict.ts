/** Decides whether a patch may be applied, must be asked for, or is refused. Pure. */

import type { ApprovalPolicy, SandboxPolicy } from "@codex-ts/protocol";

/** What a patch would touch. */
export interface PatchFacts {
  /** Nothing would change. */
  empty: boolean;
  /** Every path, both ends of moves included, may be written under the sandbox policy. */
  insideWritableRoots: boolean;
  /** The operating system can hold a patch to the policy. */
  enforceable: boolean;
}

/** What happens with a patch. */
export type PatchVerdict =
  /** `sandboxed`: applied under the policy; a denial may be asked about afterwards. */
  { kind: "apply"; sandboxed: boolean } | { kind: "ask" } | { kind: "refuse"; reason: string };

/** The first line that applies wins; see docs/architecture.md, "Approvals". */
export function decidePatch(facts: PatchFacts, approval: ApprovalPolicy, sandbox: SandboxPolicy): PatchVerdict {
  if (facts.empty) return { kind: "refuse", reason: "empty patch" };
  if (approval === "untrusted") return { kind: "ask" };
  if (sandbox.type === "danger-full-access" || sandbox.type === "external-sandbox") {
    return { kind: "apply", sandboxed: false };
  }
  const automatic = facts.insideWritableRoots || approval === "on-failure";
  if (automatic && facts.enforceable) return { kind: "apply", sandboxed: true };
  if (approval === "never") {
    return { kind: "refuse", reason: "writing outside of the project; rejected by user approval settings" };
  }
  return { kind: "ask" };
}
