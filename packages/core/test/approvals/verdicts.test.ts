/** The approval matrix: policy, sandbox, and what is known of a command or patch. */

import type { ApprovalPolicy, SandboxPolicy } from "@codex-ts/protocol";
import { describe, expect, it } from "vitest";
import {
  decideCommand,
  heuristicDecision,
  refuseEscalation,
  type CommandFacts,
} from "../../src/approvals/command-verdict.js";
import { decidePatch } from "../../src/approvals/patch-verdict.js";

const policies: ApprovalPolicy[] = ["never", "on-failure", "on-request", "untrusted"];

describe("a command without a rule", () => {
  it.each([
    { what: "known to only read", safe: true, dangerous: false, expected: ["allow", "allow", "allow", "allow"] },
    { what: "dangerous", safe: false, dangerous: true, expected: ["forbidden", "prompt", "prompt", "prompt"] },
    { what: "neither", safe: false, dangerous: false, expected: ["allow", "allow", "allow", "prompt"] },
  ])("$what is decided by the policy", ({ safe, dangerous, expected }) => {
    expect(policies.map((policy) => heuristicDecision({ safe, dangerous }, "use_default", policy))).toEqual(expected);
  });

  it("is always asked for when it wants to leave the sandbox, also if it only reads", () => {
    expect(heuristicDecision({ safe: true, dangerous: false }, "require_escalated", "on-request")).toBe("prompt");
  });
});

describe("an escalation", () => {
  it.each([
    { policy: "never" as const, name: "Never" },
    { policy: "on-failure" as const, name: "OnFailure" },
    { policy: "untrusted" as const, name: "UnlessTrusted" },
  ])("is refused under $policy", ({ policy, name }) => {
    expect(refuseEscalation("require_escalated", policy)).toBe(
      `approval policy is ${name}; reject command — you should not ask for escalated permissions if the approval policy is ${name}`,
    );
  });

  it("may be asked for under on-request", () => {
    expect(refuseEscalation("require_escalated", "on-request")).toBeNull();
  });
});

describe("a judged command", () => {
  const facts: CommandFacts = {
    decision: "allow",
    forbiddenReason: "forbidden",
    promptReason: null,
    allAllowedByRules: false,
    proposal: null,
    danger: null,
  };
  const request = { permissions: "use_default" as const, justification: null };

  it("runs in the sandbox when heuristics allow it", () => {
    expect(decideCommand(facts, request, "on-request")).toEqual({ kind: "run", sandboxed: true });
  });

  it("leaves the sandbox only when rules allow every part", () => {
    expect(decideCommand({ ...facts, allAllowedByRules: true }, request, "on-request")).toEqual({
      kind: "run",
      sandboxed: false,
    });
  });

  it("is refused with the rule's reason", () => {
    expect(decideCommand({ ...facts, decision: "forbidden" }, request, "on-request")).toEqual({
      kind: "refuse",
      reason: "forbidden",
    });
  });

  it("is refused where somebody would have to be asked and nobody may be", () => {
    expect(decideCommand({ ...facts, decision: "prompt" }, request, "never")).toEqual({
      kind: "refuse",
      reason: "approval required by policy, but AskForApproval is set to Never",
    });
  });

  it("is asked about with the rule's reason before the model's", () => {
    const asked = { ...facts, decision: "prompt" as const, promptReason: "rule" };
    expect(decideCommand(asked, { ...request, justification: "model" }, "untrusted")).toMatchObject({
      kind: "ask",
      reason: "rule",
    });
    expect(
      decideCommand({ ...asked, promptReason: null }, { ...request, justification: "model" }, "untrusted"),
    ).toMatchObject({
      kind: "ask",
      reason: "model",
    });
  });
});

describe("a patch", () => {
  const full: SandboxPolicy = { type: "danger-full-access" };
  const workspace: SandboxPolicy = { type: "workspace-write" };
  const readOnly: SandboxPolicy = { type: "read-only" };
  const outside = { kind: "refuse", reason: "writing outside of the project; rejected by user approval settings" };
  const ask = { kind: "ask" };
  const bare = { kind: "apply", sandboxed: false };
  const held = { kind: "apply", sandboxed: true };

  it.each([
    { where: "with full access", sandbox: full, inside: false, expected: [bare, bare, bare, ask] },
    { where: "inside the workspace", sandbox: workspace, inside: true, expected: [held, held, held, ask] },
    { where: "outside of the workspace", sandbox: workspace, inside: false, expected: [outside, held, ask, ask] },
    { where: "under read-only", sandbox: readOnly, inside: false, expected: [outside, held, ask, ask] },
  ])("$where is decided by the policy", ({ sandbox, inside, expected }) => {
    const facts = { empty: false, insideWritableRoots: inside, enforceable: true };
    expect(policies.map((policy) => decidePatch(facts, policy, sandbox))).toEqual(expected);
  });

  it("is asked about where nothing can hold it to the policy", () => {
    const facts = { empty: false, insideWritableRoots: true, enforceable: false };
    expect(decidePatch(facts, "on-request", workspace)).toEqual(ask);
  });

  it("is refused when it is empty", () => {
    const facts = { empty: true, insideWritableRoots: true, enforceable: true };
    expect(decidePatch(facts, "never", full)).toEqual({ kind: "refuse", reason: "empty patch" });
  });
});
