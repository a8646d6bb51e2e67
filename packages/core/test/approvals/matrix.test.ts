/** What happens with a command or a patch under each policy and sandbox, through the whole of core. */

import type { ApprovalPolicy, Question, SandboxPolicy } from "@codex-ts/protocol";
import { answer, functionCall, message, type RecordedRequest } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { fakeRunner } from "../support/fake-runner.js";
import { say, testThread, type TestThread } from "../support/test-thread.js";

const POLICIES: ApprovalPolicy[] = ["never", "on-failure", "on-request", "untrusted"];
const SANDBOXES = {
  "read-only": { type: "read-only" },
  "workspace-write": { type: "workspace-write", exclude_slash_tmp: true, exclude_tmpdir_env_var: true },
  "danger-full-access": { type: "danger-full-access" },
  "external-sandbox": { type: "external-sandbox", network_access: "restricted" },
} satisfies Record<string, SandboxPolicy>;

type Sandbox = keyof typeof SANDBOXES;

/** `run`: in the sandbox. `bare`: without. `ask`: a person is asked first. `refuse`: nothing runs. */
type Outcome = "run" | "bare" | "ask run" | "ask bare" | "refuse";

interface Row {
  what: string;
  args: Record<string, unknown>;
  /** By sandbox: what happens under each of the policies. */
  expected: Record<"restricted" | "open", readonly Outcome[]>;
}

const ESCALATED = { sandbox_permissions: "require_escalated", justification: "why" };

const ROWS: Row[] = [
  {
    what: "a command that only reads",
    args: { command: "ls" },
    expected: { restricted: ["run", "run", "run", "run"], open: ["bare", "bare", "bare", "bare"] },
  },
  {
    what: "a dangerous command",
    args: { command: "rm -rf x" },
    expected: {
      restricted: ["refuse", "ask run", "ask run", "ask run"],
      open: ["refuse", "ask bare", "ask bare", "ask bare"],
    },
  },
  {
    what: "any other command",
    args: { command: "touch x" },
    expected: { restricted: ["run", "run", "run", "ask run"], open: ["bare", "bare", "bare", "ask bare"] },
  },
  {
    what: "any other command that wants to leave the sandbox",
    args: { command: "touch x", ...ESCALATED },
    expected: {
      restricted: ["refuse", "refuse", "ask bare", "refuse"],
      open: ["refuse", "refuse", "bare", "refuse"],
    },
  },
  {
    what: "a command that only reads and wants to leave the sandbox",
    args: { command: "git diff --output=x", ...ESCALATED },
    expected: {
      restricted: ["refuse", "refuse", "ask bare", "refuse"],
      open: ["refuse", "refuse", "bare", "refuse"],
    },
  },
  {
    what: "a script of which one part is dangerous",
    args: { command: "ls && rm -rf x" },
    expected: {
      restricted: ["refuse", "ask run", "ask run", "ask run"],
      open: ["refuse", "ask bare", "ask bare", "ask bare"],
    },
  },
];

const COMMAND_TOOLS = ["shell_command", "shell", "exec_command"] as const;

/** The same command as each tool takes it. */
function argumentsFor(tool: (typeof COMMAND_TOOLS)[number], { command, ...rest }: Record<string, unknown>): unknown {
  switch (tool) {
    case "shell_command":
      return { command, ...rest };
    case "shell":
      return { command: ["/bin/bash", "-lc", command], ...rest };
    case "exec_command":
      return { cmd: command, ...rest };
  }
}

/** The model makes this call in every turn. */
function always(tool: string, args: unknown): (request: RecordedRequest, index: number) => ReturnType<typeof answer> {
  return (request, index) => {
    const input = request.body["input"] as { type: string }[];
    return input.at(-1)?.type === "function_call_output"
      ? answer(message("ok"))
      : answer(functionCall(tool, args, `call_${index}`));
  };
}

async function turnUnder(test: TestThread, policy: ApprovalPolicy, sandbox: Sandbox): Promise<Question[]> {
  await test.thread.submit({
    type: "override_turn_context",
    approval_policy: policy,
    sandbox_policy: SANDBOXES[sandbox],
  });
  const events = await test.turn(say("go"));
  const begun = events.filter((event) => event.type === "item.started" && isCall(event.item.type));
  const ended = events.filter((event) => event.type === "item.ended" && isCall(event.item.type));
  expect([begun.length, ended.length]).toEqual([1, 1]);
  return events.flatMap((event) => (event.type === "question.asked" ? [event.question] : []));
}

function isCall(type: string): boolean {
  return type === "command" || type === "fileChange";
}

describe.each(COMMAND_TOOLS)("%s", (tool) => {
  describe.each(Object.keys(SANDBOXES) as Sandbox[])("under %s", (sandbox) => {
    it.each(ROWS)("$what is decided by the policy", async ({ args, expected }) => {
      const runner = fakeRunner();
      await using test = await testThread(always(tool, argumentsFor(tool, args)), {
        features: ["unified_exec"],
        services: () => ({ runner }),
      });
      test.answer(() => ({ kind: "command", decision: "approved" }));
      const seen: Outcome[] = [];
      for (const policy of POLICIES) {
        runner.started.length = 0;
        const questions = await turnUnder(test, policy, sandbox);
        const [start] = runner.started;
        const how = start === undefined ? "refuse" : start.sandbox === null ? "bare" : "run";
        seen.push(questions.length === 0 ? how : (`ask ${how}` as Outcome));
      }
      const kind = sandbox === "read-only" || sandbox === "workspace-write" ? "restricted" : "open";
      // Another's sandbox is asked about like none; what its policy says of the network is still for ours to enforce.
      const unasked = sandbox === "external-sandbox" ? "run" : "bare";
      expect(seen).toEqual(
        expected[kind].map((outcome) => (kind === "open" ? outcome.replace("bare", unasked) : outcome)),
      );
      expect(test.reports).toEqual([]);
    });
  });
});

describe("apply_patch", () => {
  const inside = "*** Begin Patch\n*** Add File: new.txt\n+x\n*** End Patch";
  const outside = "*** Begin Patch\n*** Add File: ../new.txt\n+x\n*** End Patch";
  it.each<{ where: string; sandbox: Sandbox; patch: string; expected: Outcome[] }>([
    {
      where: "under full access",
      sandbox: "danger-full-access",
      patch: outside,
      expected: ["bare", "bare", "bare", "ask bare"],
    },
    {
      where: "under another sandbox",
      sandbox: "external-sandbox",
      patch: outside,
      expected: ["bare", "bare", "bare", "ask bare"],
    },
    {
      where: "inside the workspace",
      sandbox: "workspace-write",
      patch: inside,
      expected: ["run", "run", "run", "ask run"],
    },
    {
      where: "outside of the workspace",
      sandbox: "workspace-write",
      patch: outside,
      expected: ["refuse", "run", "ask bare", "ask bare"],
    },
    {
      where: "under read-only",
      sandbox: "read-only",
      patch: inside,
      expected: ["refuse", "run", "ask bare", "ask bare"],
    },
  ])("$where is decided by the policy", async ({ sandbox, patch, expected }) => {
    const seen: Outcome[] = [];
    for (const policy of POLICIES) {
      const runner = fakeRunner();
      await using test = await testThread(always("apply_patch", { input: patch }), { services: () => ({ runner }) });
      test.answer(() => ({ kind: "fileChange", decision: "approved" }));
      const questions = await turnUnder(test, policy, sandbox);
      const [output = ""] = Object.values(test.outputs());
      const how = output.startsWith("patch rejected") ? "refuse" : runner.started.length === 0 ? "bare" : "run";
      seen.push(questions.length === 0 ? how : (`ask ${how}` as Outcome));
    }
    expect(seen).toEqual(expected);
  });
});
