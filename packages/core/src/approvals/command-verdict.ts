/** Decides whether a command may run, must be asked for, or is refused, and whether the sandbox stays. Pure: no I/O, no clock. */

import type { AmendmentProposal } from "@codex-ts/execpolicy";
import type { ApprovalPolicy } from "@codex-ts/protocol";

/** What a model may ask for with a command. */
export const sandboxPermissions = ["use_default", "require_escalated"] as const;
/** One of {@link sandboxPermissions}. */
export type SandboxPermissions = (typeof sandboxPermissions)[number];

/** How a command is asked for. */
export interface CommandRequest {
  permissions: SandboxPermissions;
  justification: string | null;
}

/** What rules and heuristics say of a whole script, worked out by the caller. */
export interface CommandFacts {
  /** The strictest of all parts. */
  decision: "allow" | "prompt" | "forbidden";
  /** Why it is forbidden. */
  forbiddenReason: string;
  /** Why a rule asks; null when no rule does. */
  promptReason: string | null;
  /** Every simple command of the script is allowed by a rule. */
  allAllowedByRules: boolean;
  /** Rules that would allow it from now on; null when none makes sense. */
  proposal: AmendmentProposal | null;
  /** What it could do to files, as far as programs are known; null: it only reads. */
  danger: "writes" | "destroys" | null;
}

/** What happens with a command. */
export type CommandVerdict =
  /** `sandboxed`: whether the first attempt runs in the sandbox that the policy asks for. */
  | { kind: "run"; sandboxed: boolean }
  | { kind: "ask"; sandboxed: boolean; reason: string | null; proposal: AmendmentProposal | null }
  | { kind: "refuse"; reason: string };

/** Said when somebody would have to be asked and nobody may be. */
const PROMPT_UNDER_NEVER = "approval required by policy, but AskForApproval is set to Never";

/** The first line that applies wins; see docs/architecture.md, "Approvals". */
export function decideCommand(facts: CommandFacts, request: CommandRequest, approval: ApprovalPolicy): CommandVerdict {
  const { permissions, justification } = request;
  // An allow rule for one part of a script lifts nothing for the others (in the original it does).
  const sandboxed = !facts.allAllowedByRules && permissions === "use_default";
  switch (facts.decision) {
    case "forbidden":
      return { kind: "refuse", reason: facts.forbiddenReason };
    case "allow":
      return { kind: "run", sandboxed };
    case "prompt": {
      if (approval === "never") return { kind: "refuse", reason: PROMPT_UNDER_NEVER };
      const reason = facts.promptReason ?? justification;
      return { kind: "ask", sandboxed, reason, proposal: facts.proposal };
    }
  }
}

/** What to do with a command that no rule speaks of. */
export function heuristicDecision(
  { safe, dangerous }: { safe: boolean; dangerous: boolean },
  permissions: SandboxPermissions,
  approval: ApprovalPolicy,
): "allow" | "prompt" | "forbidden" {
  // Leaving the sandbox is always a question, also for a command that only reads (the original runs those unasked).
  if (permissions === "require_escalated" && approval === "on-request") return "prompt";
  if (safe) return "allow";
  if (dangerous) return approval === "never" ? "forbidden" : "prompt";
  return approval === "untrusted" ? "prompt" : "allow";
}

/** How the reference spells a policy in the texts that refuse an escalation. */
const POLICY_NAMES: Record<ApprovalPolicy, string> = {
  never: "Never",
  "on-failure": "OnFailure",
  "on-request": "OnRequest",
  untrusted: "UnlessTrusted",
};

/**
 * Why an escalation is refused before anything else, or null when it may be considered.
 * @param word the tools differ in this one
 */
export function refuseEscalation(
  permissions: SandboxPermissions,
  approval: ApprovalPolicy,
  word: "should not" | "cannot" = "should not",
): string | null {
  if (permissions !== "require_escalated" || approval === "on-request") return null;
  const name = POLICY_NAMES[approval];
  return `approval policy is ${name}; reject command — you ${word} ask for escalated permissions if the approval policy is ${name}`;
}
