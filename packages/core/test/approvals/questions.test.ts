/** Questions about commands and patches: what is asked, what an answer changes, what is asked again. */

import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Answer, CommandDecision, Question, ThreadEvent } from "@codex-ts/protocol";
import { answer, functionCall, hold, message, type RecordedRequest } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { fakeRunner, type FakeRunner } from "../support/fake-runner.js";
import { outputsOf, say, testThread, type TestThread, type TestThreadOptions } from "../support/test-thread.js";

type Call = [tool: string, args: Record<string, unknown>];

interface Seen {
  questions: Question[];
  /** By call id. */
  outputs: Record<string, string>;
  events: ThreadEvent[];
  runner: FakeRunner;
  test: TestThread;
}

interface Options extends TestThreadOptions {
  /** What is answered, in order; the last one again and again. */
  decisions: CommandDecision[];
  denied?: boolean;
  /** Looks at the thread before it is taken down. */
  look?: (test: TestThread) => void;
  /** Runs before the first turn. */
  setUp?: (test: TestThread) => void;
}

/** The model makes these calls, one per answer, in one turn. */
async function calls(list: readonly Call[], options: Options): Promise<Seen> {
  const runner = fakeRunner(({ sandbox }) => ({ denied: options.denied === true && sandbox !== null, exitCode: 0 }));
  await using test = await testThread(script(list), {
    features: ["unified_exec"],
    services: () => ({ runner }),
    ...options,
  });
  options.setUp?.(test);
  const questions: Question[] = [];
  test.answer((question): Answer | null => {
    const decision = options.decisions[Math.min(questions.length, options.decisions.length - 1)];
    questions.push(question);
    if (decision === undefined) return null;
    if (question.kind === "command") return { kind: "command", decision };
    return typeof decision === "string" ? { kind: "fileChange", decision } : null;
  });
  const events = await test.turn(say("go"));
  options.look?.(test);
  return { questions, outputs: test.outputs(), events, runner, test };
}

function script(list: readonly Call[]): (request: RecordedRequest, index: number) => ReturnType<typeof answer> {
  return (_, index) => {
    const call = list[index];
    return call === undefined ? answer(message("ok")) : answer(functionCall(...call, `call_${index}`));
  };
}

const UNTRUSTED = 'approval_policy = "untrusted"\nsandbox_mode = "workspace-write"';
const ON_FAILURE = 'approval_policy = "on-failure"\nsandbox_mode = "workspace-write"';
const TOUCH: Call = ["shell_command", { command: "touch x" }];

function endsOf(events: readonly ThreadEvent[]): unknown[] {
  return events.flatMap((event) =>
    event.type === "item.ended" && "status" in event.item ? [[event.item.id, event.item.status]] : [],
  );
}

describe("an approval for the session", () => {
  const exec = (args: Record<string, unknown> = {}): Call => ["exec_command", { cmd: "touch x", ...args }];
  it.each<{ what: string; list: Call[]; asked: number }>([
    { what: "holds for the same command", list: [TOUCH, TOUCH], asked: 1 },
    { what: "not in another folder", list: [TOUCH, ["shell_command", { command: "touch x", workdir: "/" }]], asked: 2 },
    { what: "not for other words", list: [TOUCH, ["shell_command", { command: "touch y" }]], asked: 2 },
    {
      what: "not without login files",
      list: [TOUCH, ["shell_command", { command: "touch x", login: false }]],
      asked: 2,
    },
    { what: "not for another tool", list: [TOUCH, exec()], asked: 2 },
    { what: "for exec_command, too", list: [exec(), exec()], asked: 1 },
    { what: "for exec_command, not on a terminal", list: [exec(), exec({ tty: true })], asked: 2 },
    {
      what: "for the two tools that take an argv",
      list: [
        ["shell", { command: ["touch", "x"] }],
        ["container.exec", { command: ["touch", "x"] }],
      ],
      asked: 1,
    },
  ])("$what", async ({ list, asked }) => {
    const seen = await calls(list, { decisions: ["approved_for_session"], config: UNTRUSTED });
    expect(seen.questions).toHaveLength(asked);
    expect(seen.runner.started).toHaveLength(list.length);
  });

  it("does not hold for a single approval", async () => {
    const seen = await calls([TOUCH, TOUCH], { decisions: ["approved"], config: UNTRUSTED });
    expect(seen.questions).toHaveLength(2);
  });

  const patch = (body: string): Call => ["apply_patch", { input: `*** Begin Patch\n${body}*** End Patch` }];
  const add = (path: string): string => `*** Add File: ${path}\n+x\n`;
  it.each<{ what: string; list: Call[]; asked: number }>([
    {
      what: "holds for the same file by its absolute path",
      list: [patch(add("../a.txt")), patch("*** Update File: sub/../../a.txt\n@@\n-x\n+y\n")],
      asked: 1,
    },
    { what: "not for another file", list: [patch(add("../a.txt")), patch(add("../b.txt"))], asked: 2 },
    {
      what: "not when one of several files is new",
      list: [patch(add("../a.txt")), patch(`*** Delete File: ../a.txt\n${add("../b.txt")}`)],
      asked: 2,
    },
    {
      what: "for all files of a patch",
      list: [
        patch(add("../a.txt") + add("../b.txt")),
        patch("*** Update File: ../b.txt\n@@\n-x\n+y\n"),
        patch("*** Delete File: ../a.txt\n"),
      ],
      asked: 1,
    },
    {
      what: "not for a move to a new name",
      list: [patch(add("../a.txt")), patch("*** Update File: ../a.txt\n*** Move to: ../b.txt\n@@\n-x\n+y\n")],
      asked: 2,
    },
    {
      what: "for both ends of a move",
      list: [
        patch(add("../a.txt")),
        patch("*** Update File: ../a.txt\n*** Move to: ../b.txt\n@@\n-x\n+y\n"),
        patch("*** Update File: ../b.txt\n*** Move to: ../a.txt\n@@\n-y\n+z\n"),
      ],
      asked: 2,
    },
  ])("of a patch $what", async ({ list, asked }) => {
    const seen = await calls(list, {
      decisions: ["approved_for_session"],
      config: 'approval_policy = "on-request"\nsandbox_mode = "workspace-write"',
    });
    expect(seen.questions).toHaveLength(asked);
    for (const output of Object.values(seen.outputs)) expect(output).toMatch(/^Exit code: 0\n/);
  });

  it("of a patch does not hold for the file that a link leads to which was put there later", async () => {
    const update = (from: string, to: string): Call => patch(`*** Update File: a.txt\n@@\n-${from}\n+${to}\n`);
    await using test = await testThread(
      (_, index) => {
        const call = [update("one", "two"), null, update("secret", "stolen")][index] ?? null;
        return answer(call === null ? message("ok") : functionCall(...call, `call_${index}`));
      },
      { files: { "a.txt": "one\n" }, config: 'approval_policy = "on-request"\nsandbox_mode = "read-only"' },
    );
    const reasons: unknown[] = [];
    test.answer((question) => {
      reasons.push(question.kind === "fileChange" ? question.reason : question.kind);
      return { kind: "fileChange", decision: reasons.length === 1 ? "approved_for_session" : "denied" };
    });
    await test.turn(say("one"));
    const file = join(test.home.workspace, "a.txt");
    expect(readFileSync(file, "utf8")).toBe("two\n");
    const outside = join(test.home.codexHome, "outside");
    writeFileSync(outside, "secret\n");
    rmSync(file);
    symlinkSync(outside, file);
    await test.turn(say("two"));
    expect(test.outputs()["call_2"]).toBe("patch rejected by user");
    expect(readFileSync(outside, "utf8")).toBe("secret\n");
    expect(reasons).toEqual([null, `it writes through a link: ${outside}`]);
  });
});

describe("an answer", () => {
  it.each<{ decision: CommandDecision; call: Call; output: string }>([
    { decision: "denied", call: TOUCH, output: "exec command rejected by user" },
    { decision: "denied", call: ["exec_command", { cmd: "touch x" }], output: "exec_command failed: rejected by user" },
    {
      decision: "denied",
      call: ["apply_patch", { input: "*** Begin Patch\n*** Add File: a\n+x\n*** End Patch" }],
      output: "patch rejected by user",
    },
  ])("that declines ($output) ends the item once, and the turn goes on", async ({ decision, call, output }) => {
    const seen = await calls([call], { decisions: [decision], config: UNTRUSTED });
    expect(seen.outputs["call_0"]).toBe(output);
    expect(endsOf(seen.events)).toEqual([["call_0", "declined"]]);
    expect(seen.runner.started).toEqual([]);
    expect(seen.events.at(-1)).toMatchObject({ type: "turn.ended", outcome: { kind: "completed" } });
  });

  it.each<{ call: Call }>([
    { call: TOUCH },
    { call: ["exec_command", { cmd: "touch x" }] },
    { call: ["apply_patch", { input: "*** Begin Patch\n*** Add File: a\n+x\n*** End Patch" }] },
  ])("that aborts ends the turn", async ({ call }) => {
    const seen = await calls([call], { decisions: ["abort"], config: UNTRUSTED });
    expect(endsOf(seen.events)).toEqual([["call_0", "declined"]]);
    expect(seen.events.at(-1)).toMatchObject({ outcome: { kind: "interrupted", reason: "interrupted" } });
    expect(seen.runner.started).toEqual([]);
  });

  it("that never comes leaves an interrupted command, not a declined one", async () => {
    await using test = await testThread(script([TOUCH]), { config: UNTRUSTED });
    await test.thread.submit(say("go"));
    await test.event("question.asked");
    await test.thread.submit({ type: "interrupt" });
    await test.event("turn.ended");
    expect(endsOf(test.events)).toEqual([["call_0", "interrupted"]]);
  });

  it("comes after the beginning of the item and before its end", async () => {
    const seen = await calls([TOUCH], { decisions: ["approved"], config: UNTRUSTED });
    const kinds = seen.events.filter((event) => !("item" in event) || event.item.type === "command");
    expect(kinds.map(({ type }) => type).filter((type) => /^(item\.(started|ended)|question\..*)$/.test(type))).toEqual(
      ["item.started", "question.asked", "question.answered", "item.ended"],
    );
  });
});

describe("a denial by the sandbox", () => {
  const RETRY = "command failed; retry without sandbox?";
  const reasons = ({ questions }: Seen): unknown[] =>
    questions.map((question) => ("reason" in question ? question.reason : undefined));
  const runs = ({ runner }: Seen): string[] => runner.started.map(({ sandbox }) => (sandbox === null ? "bare" : "run"));

  it.each<{ what: string; policy: string; decisions: CommandDecision[]; asked: unknown[]; ran: string[] }>([
    { what: "is only told", policy: "never", decisions: [], asked: [], ran: ["run"] },
    { what: "is only told", policy: "on-request", decisions: [], asked: [], ran: ["run"] },
    { what: "is asked about", policy: "on-failure", decisions: ["approved"], asked: [RETRY], ran: ["run", "bare"] },
    { what: "may stay", policy: "on-failure", decisions: ["denied"], asked: [RETRY], ran: ["run"] },
    {
      what: "is asked about after an approval",
      policy: "untrusted",
      decisions: ["approved"],
      asked: [null, RETRY],
      ran: ["run", "bare"],
    },
    {
      what: "is asked about although the command is approved for the session",
      policy: "untrusted",
      decisions: ["approved_for_session"],
      asked: [null, RETRY],
      ran: ["run", "bare"],
    },
  ])("$what under $policy ($decisions)", async ({ policy, decisions, asked, ran }) => {
    for (const call of [TOUCH, ["exec_command", { cmd: "touch x" }] as Call]) {
      const config = `approval_policy = "${policy}"\nsandbox_mode = "workspace-write"`;
      const seen = await calls([call], { decisions, config, denied: true });
      expect(reasons(seen)).toEqual(asked);
      expect(runs(seen)).toEqual(ran);
      expect(endsOf(seen.events)).toHaveLength(1);
    }
  });

  it("is asked about again at the next run of a command approved for the session", async () => {
    const seen = await calls([TOUCH, TOUCH], { decisions: ["approved_for_session"], config: UNTRUSTED, denied: true });
    expect(reasons(seen)).toEqual([null, RETRY, RETRY]);
  });

  it("of a command that is known to only read is asked about under untrusted", async () => {
    const list: Call[] = [["shell_command", { command: "ls" }]];
    const seen = await calls(list, { decisions: ["approved"], config: UNTRUSTED, denied: true });
    expect(reasons(seen)).toEqual([RETRY]);
  });

  it("proposes the part that was allowed by itself", async () => {
    const list: Call[] = [["shell_command", { command: "touch of.txt && echo done" }]];
    const seen = await calls(list, { decisions: ["approved"], config: ON_FAILURE, denied: true });
    expect(seen.questions).toMatchObject([{ proposedAmendment: ["touch", "of.txt"] }]);
  });

  it("proposes the program with its subcommand beside the whole command", async () => {
    const list: Call[] = [["shell_command", { command: "cargo test --workspace" }]];
    const seen = await calls(list, { decisions: ["approved"], config: ON_FAILURE, denied: true });
    expect(seen.questions).toMatchObject([
      { proposedAmendment: ["cargo", "test", "--workspace"], shortAmendment: ["cargo", "test"] },
    ]);
  });

  it("of a patch is asked about, also when the patch was approved", async () => {
    const denied = fakeRunner(() => ({ denied: true, exitCode: 1, stderr: "Read-only file system" }));
    const input = "*** Begin Patch\n*** Add File: a.txt\n+x\n*** End Patch";
    const seen = await calls([["apply_patch", { input }]], {
      decisions: ["approved"],
      config: UNTRUSTED,
      services: () => ({ runner: denied }),
    });
    expect(reasons(seen)).toEqual([null, RETRY]);
    expect(seen.outputs["call_0"]).toMatch(/^Exit code: 0\n/);
  });
});

describe("rules", () => {
  const withRules =
    (rules: string) =>
    (test: TestThread): void => {
      mkdirSync(join(test.home.codexHome, "rules"));
      writeFileSync(join(test.home.codexHome, "rules", "default.rules"), rules);
    };
  const run = (command: string, rules: string, config = UNTRUSTED, decisions: CommandDecision[] = ["approved"]) =>
    calls([["shell_command", { command }]], { decisions, config, setUp: withRules(rules) });

  it.each([
    {
      what: "with its reason",
      rule: 'prefix_rule(pattern=["touch"], decision="forbidden", justification="use the tool")',
      text: "`/bin/bash -lc 'touch x'` rejected: use the tool",
    },
    {
      what: "with the longest prefix that matches",
      rule: 'prefix_rule(pattern=["touch"], decision="forbidden")\nprefix_rule(pattern=["touch", "x"], decision="forbidden")',
      text: "`/bin/bash -lc 'touch x'` rejected: policy forbids commands starting with `touch x`",
    },
  ])("refuse $what", async ({ rule, text }) => {
    const seen = await run("touch x", `${rule}\n`);
    expect(seen.outputs["call_0"]).toBe(text);
    expect(endsOf(seen.events)).toEqual([["call_0", "failed"]]);
  });

  it("that refuse nothing leave the refusal to what is known of programs", async () => {
    const seen = await run("rm -rf foo", "", 'approval_policy = "never"');
    expect(seen.outputs["call_0"]).toBe("`/bin/bash -lc 'rm -rf foo'` rejected: blocked by policy");
  });

  it("that ask are refused where nobody can be asked", async () => {
    const seen = await run("ls", 'prefix_rule(pattern=["ls"], decision="prompt")\n', 'approval_policy = "never"');
    expect(seen.outputs["call_0"]).toBe("approval required by policy, but AskForApproval is set to Never");
  });

  it.each([
    { rule: 'prefix_rule(pattern=["ls"], decision="prompt", justification="slow")', reason: "slow" },
    { rule: 'prefix_rule(pattern=["ls"], decision="prompt")', reason: null },
  ])("ask with $reason as the reason, and propose nothing", async ({ rule, reason }) => {
    const seen = await run("ls", `${rule}\n`);
    const quoted = "`/bin/bash -lc ls`";
    expect(seen.questions).toMatchObject([
      {
        reason: reason === null ? `${quoted} requires approval by policy` : `${quoted} requires approval: ${reason}`,
        proposedAmendment: null,
      },
    ]);
  });

  it("lift the sandbox only when they allow every part of a script", async () => {
    const rule = 'prefix_rule(pattern=["touch"], decision="allow")\n';
    const onRequest = 'approval_policy = "on-request"\nsandbox_mode = "workspace-write"';
    const whole = await run("touch r.txt && touch s.txt", rule, onRequest);
    const part = await run("touch r.txt && printf z", rule, onRequest);
    expect([whole, part].map(({ runner }) => runner.started[0]?.sandbox === null)).toEqual([true, false]);
  });

  it("that cannot be read are told, and the others hold", async () => {
    const seen = await run("touch x", 'prefix_rule(pattern=["touch"], decision="forbidden")\nnonsense(\n');
    const warnings = seen.events.flatMap((event) =>
      event.type === "notice" && event.notice.kind === "warning" ? [event.notice.message] : [],
    );
    expect(warnings).toEqual([expect.stringMatching(/^A rules file cannot be used as a whole.*default\.rules/s)]);
    expect(seen.outputs["call_0"]).toContain("rejected: policy forbids commands starting with `touch`");
  });

  it("are added by an answer, work at once, and are in the user's file", async () => {
    const amendment = ["touch", "x"];
    let file = "";
    const seen = await calls([TOUCH, ["shell_command", { command: "touch x y" }]], {
      decisions: [{ approved_execpolicy_amendment: { proposed_execpolicy_amendment: amendment } }],
      config: UNTRUSTED,
      look: ({ home }) => (file = readFileSync(join(home.codexHome, "rules", "default.rules"), "utf8")),
    });
    expect(seen.questions).toMatchObject([{ proposedAmendment: amendment }]);
    expect(seen.runner.started.map(({ sandbox }) => sandbox === null)).toEqual([false, true]);
    expect(file).toBe('prefix_rule(pattern=["touch", "x"], decision="allow")\n');
  });

  it("that cannot be kept are told, and the approved command runs", async () => {
    const seen = await calls([TOUCH], {
      decisions: [{ approved_execpolicy_amendment: { proposed_execpolicy_amendment: ["touch"] } }],
      config: UNTRUSTED,
      setUp: ({ home }) => mkdirSync(join(home.codexHome, "rules", "default.rules"), { recursive: true }),
    });
    const warnings = seen.events.flatMap((event) =>
      event.type === "notice" && event.notice.kind === "warning" ? [event.notice.message] : [],
    );
    expect(warnings).toEqual([expect.stringMatching(/^Failed to apply execpolicy amendment: /)]);
    expect(seen.runner.started).toHaveLength(1);
  });
});

describe("the risk of a command", () => {
  const risk = { level: "high", category: "data_deletion", description: "Deletes x." };
  /** The assessment is the request without tools; the others belong to the turn. */
  const withAssessment =
    (reply: ReturnType<typeof answer>) =>
    (request: RecordedRequest): ReturnType<typeof answer> => {
      const tools = request.body["tools"] as unknown[] | undefined;
      if ((tools ?? []).length === 0) return reply;
      return Object.keys(outputsOf(request)).length > 0
        ? answer(message("ok"))
        : answer(functionCall(...TOUCH, "call_0"));
    };
  async function assessed(reply: ReturnType<typeof answer>, options: TestThreadOptions = {}): Promise<unknown> {
    await using test = await testThread(withAssessment(reply), {
      config: UNTRUSTED,
      features: ["experimental_sandbox_command_assessment"],
      services: () => ({ runner: fakeRunner() }),
      ...options,
    });
    test.answer(() => ({ kind: "command", decision: "approved" }));
    await test.turn();
    const { question } = await test.event("question.asked");
    return question.kind === "command" ? question.risk : undefined;
  }

  it("is in the question when the feature is on", async () => {
    expect(await assessed(answer(message(JSON.stringify(risk))))).toEqual(risk);
  });

  it("is found behind a preamble, and needs a known level", async () => {
    expect(await assessed(answer(message(`Here: ${JSON.stringify({ ...risk, category: null })}.`)))).toMatchObject({
      level: "high",
      category: null,
    });
    expect(await assessed(answer(message(JSON.stringify({ ...risk, level: "enormous" }))))).toBeNull();
    expect(await assessed(answer(message("no idea")))).toBeNull();
  });

  it("is not waited for longer than its limit", async () => {
    const limits: number[] = [];
    const reply = { kind: "stream" as const, steps: hold("never") };
    const services: TestThreadOptions["services"] = () => ({
      runner: fakeRunner(),
      sleep: (milliseconds) => Promise.resolve(void limits.push(milliseconds)),
    });
    expect(await assessed(reply, { services })).toBeNull();
    expect(limits).toEqual([5_000]);
  });

  it("is not asked for unless the feature is on", async () => {
    expect(await assessed(answer(message(JSON.stringify(risk))), { features: [] })).toBeNull();
  });
});
