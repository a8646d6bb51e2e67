/** Turns as a client of v2 meets them: the transcripts of the reference, normalised. */

import { describe, expect, it } from "vitest";
import {
  answer,
  failed,
  functionCall,
  hold,
  httpReply,
  message,
  patch,
  reasoning,
  shell,
  stream,
  drop,
} from "@codex-ts/test-support";
import { startServer } from "./support/server.js";
import { legacyOutline, outline } from "./support/transcript.js";

const plain = ["item/started userMessage", "item/completed userMessage"];
const said = (...deltas: string[]): string[] => [
  "item/started agentMessage",
  ...deltas.map((delta) => `item/agentMessage/delta ${JSON.stringify(delta)}`),
  "item/completed agentMessage",
];

describe("a turn", () => {
  it.each<[string, Parameters<typeof startServer>[0], object, string[]]>([
    ["of a message in two pieces", { script: [answer(message("Hello!", { deltas: 2 }))] }, {}, said("Hel", "lo!")],
    [
      "that thinks first",
      { script: [answer(reasoning("Thinking **hard**"), message("ok"))] },
      {},
      [
        "item/started reasoning",
        "item/reasoning/summaryPartAdded",
        'item/reasoning/summaryTextDelta "Thinking **hard**"',
        "item/completed reasoning",
        ...said("ok"),
      ],
    ],
    [
      "with a command",
      { script: [answer(shell("printf out; exit 3")), answer(message("ok"))] },
      { sandbox: "danger-full-access", approvalPolicy: "never" },
      [
        "item/started commandExecution inProgress",
        'item/commandExecution/outputDelta "out"',
        "item/completed commandExecution failed",
        ...said("ok"),
      ],
    ],
    [
      "with a patch",
      { script: [answer(patch("*** Add File: a.txt\n+hello\n")), answer(message("ok"))] },
      { sandbox: "danger-full-access", approvalPolicy: "never" },
      [
        "item/started fileChange inProgress",
        'item/fileChange/outputDelta "Success. Updated the following files:\\nA a.txt\\n"',
        "item/completed fileChange completed",
        "turn/diff/updated",
        "turn/diff/updated",
        ...said("ok"),
        "turn/diff/updated",
      ],
    ],
    [
      "with a plan",
      {
        script: [
          answer(functionCall("update_plan", { plan: [{ step: "a", status: "in_progress" }] })),
          answer(message("ok")),
        ],
      },
      {},
      ["turn/plan/updated", ...said("ok")],
    ],
  ])("%s", async (_what, options, params, middle) => {
    await using server = await startServer(options);
    const thread = await server.thread(params);
    const from = server.received.length;
    const ended = await server.turn(thread, "go");
    expect(ended.params).toEqual({ threadId: thread, turn: { id: "0", items: [], status: "completed", error: null } });
    const seen = outline(server, from).filter((line) => line !== "thread/started");
    expect(seen).toEqual(["turn/started 0 inProgress", ...plain, ...middle, "turn/completed 0 completed"]);
  });

  it("tells the older stream beside it, in its own order", async () => {
    await using server = await startServer({ script: [answer(message("Hi there", { deltas: 2 }))] });
    const from = server.received.length;
    await server.turn(await server.thread(), "go");
    expect(legacyOutline(server, from)).toEqual([
      "mcp_startup_complete",
      "task_started",
      "item_started",
      "item_completed",
      "user_message",
      "token_count",
      "item_started",
      "agent_message_content_delta",
      "agent_message_delta",
      "agent_message_content_delta",
      "agent_message_delta",
      "item_completed",
      "agent_message",
      "token_count",
      "task_complete",
    ]);
  });

  it("answers with what the thread is set to, and tells usage", async () => {
    await using server = await startServer({ script: [answer(message("x"))] });
    const reply = await server.result("thread/start", { sandbox: "workspace-write", approvalPolicy: "untrusted" });
    expect(reply).toMatchObject({
      model: "gpt-5.1-codex",
      modelProvider: "fake",
      cwd: server.home.workspace,
      approvalPolicy: "untrusted",
      sandbox: {
        type: "workspaceWrite",
        writableRoots: [],
        networkAccess: false,
        excludeTmpdirEnvVar: false,
        excludeSlashTmp: false,
      },
      reasoningEffort: null,
      thread: { preview: "", modelProvider: "fake", source: "vscode", turns: [], cliVersion: "0.1.0" },
    });
    await server.turn(reply.thread.id, "go");
    const { params } = await server.untilNotified("thread/tokenUsage/updated");
    expect(params.tokenUsage).toMatchObject({
      total: { totalTokens: 120, cachedInputTokens: 10 },
      modelContextWindow: 258400,
    });
  });

  it.each<[string, Parameters<typeof answer>[0] | null, ReturnType<typeof answer>, unknown, boolean]>([
    ["400", null, httpReply(400, { error: { message: "bad" } }), "other", false],
    ["429 usage limit", null, httpReply(429, { error: { type: "usage_limit_reached" } }), "usageLimitExceeded", false],
    ["context length", null, stream([...failedContext()]), "contextWindowExceeded", false],
    ["500 twice", null, httpReply(500, {}), "internalServerError", true],
    ["a stream that breaks", null, stream(drop()), "other", true],
  ])("fails with the error's class after %s", async (_what, _none, reply, info, retries) => {
    await using server = await startServer({ script: [reply] });
    const ended = await server.turn(await server.thread(), "go");
    expect(ended.params.turn).toMatchObject({ status: "failed", error: { codexErrorInfo: info } });
    const errors = server.received.filter(({ method }) => method === "error").map(({ params }) => params.willRetry);
    expect(errors).toEqual(retries ? [true, false] : [false]);
  });

  it("of nothing ends at once, after its beginning", async () => {
    await using server = await startServer();
    const threadId = await server.thread();
    const from = server.received.length;
    const { turn } = await server.result("turn/start", { threadId, input: [] });
    await server.untilNotified("turn/completed");
    expect(turn).toEqual({ id: "0", items: [], status: "inProgress", error: null });
    expect(outline(server, from).filter((line) => line.startsWith("turn/"))).toEqual([
      "turn/started 0 inProgress",
      "turn/completed 0 completed",
    ]);
  });

  it("counts operations: one with settings of its own takes two ids", async () => {
    await using server = await startServer({ script: [answer(message("x"))] });
    const thread = await server.thread();
    const ended = await server.turn(thread, "go", { model: "gpt-5.2-codex", effort: "low" });
    expect(ended.params.turn.id).toBe("1");
    expect(server.model.requests[0]?.body).toMatchObject({ model: "gpt-5.2-codex", reasoning: { effort: "low" } });
    await server.turn(thread, "again");
    expect(server.model.requests[1]?.body).toMatchObject({ model: "gpt-5.2-codex" });
  });
});

function failedContext() {
  return failed("context_length_exceeded", "too long");
}

describe("a running turn", () => {
  const script = [answer(hold("go"), message("one")), answer(message("two"))];

  it("takes further input: its own id is answered, and the message is shown", async () => {
    await using server = await startServer({ script });
    const threadId = await server.thread();
    const first = await server.result("turn/start", { threadId, input: [{ type: "text", text: "a" }] });
    await server.model.reached("go");
    const second = await server.result("turn/start", { threadId, input: [{ type: "text", text: "b" }] });
    expect(second.turn.id).toBe(first.turn.id);
    server.model.release("go");
    await server.untilNotified("turn/completed");
    const texts = server.received
      .filter(({ method, params }) => method === "item/completed" && params.item.type === "userMessage")
      .map(({ params }) => [params.turnId, params.item.content[0]?.text]);
    expect(texts).toEqual([
      ["0", "a"],
      ["0", "b"],
    ]);
    expect(outline(server).filter((line) => line.startsWith("turn/"))).toEqual([
      "turn/started 0 inProgress",
      "turn/completed 0 completed",
    ]);
  });

  it("is steered by its id only", async () => {
    await using server = await startServer({ script });
    const threadId = await server.thread();
    const input = [{ type: "text", text: "b" }];
    await expect(server.call("turn/steer", { threadId, expectedTurnId: "0", input })).resolves.toHaveProperty("error");
    await server.result("turn/start", { threadId, input });
    await server.model.reached("go");
    await expect(server.call("turn/steer", { threadId, expectedTurnId: "7", input })).resolves.toHaveProperty("error");
    await expect(server.result("turn/steer", { threadId, expectedTurnId: "0", input })).resolves.toEqual({
      turnId: "0",
    });
    server.model.release("go");
    await server.untilNotified("turn/completed");
  });

  it("is interrupted: its command ends, its item has an end, and the reply stands before the turn's end", async () => {
    await using server = await startServer({ script: [answer(shell("sleep 30")), answer(message("never"))] });
    const threadId = await server.thread({ sandbox: "danger-full-access", approvalPolicy: "never" });
    await server.result("turn/start", { threadId, input: [{ type: "text", text: "a" }] });
    await server.until(({ method, params }) => method === "item/started" && params.item.type === "commandExecution");
    await expect(server.call("turn/interrupt", { threadId, turnId: "5" })).resolves.toMatchObject({
      error: { code: -32600, message: "turn 5 is not running; the running turn is 0" },
    });
    const id = server.start("turn/interrupt", { threadId, turnId: "0" });
    const ended = await server.untilNotified("turn/completed");
    expect(ended.params.turn).toEqual({ id: "0", items: [], status: "interrupted", error: null });
    const order = server.received.map((entry) =>
      entry.id === id ? "reply" : entry.method === "item/completed" ? entry.params.item.type : entry.method,
    );
    expect(order.indexOf("commandExecution")).toBeLessThan(order.indexOf("reply"));
    expect(order.indexOf("reply")).toBeLessThan(order.indexOf("turn/completed"));
  });

  it.each<[string, string]>([
    ["interrupted", '{"id":77,"method":"turn/interrupt","params":{"threadId":"T","turnId":"0"}}'],
    ["cancelled by an answer", '{"id":0,"result":{"decision":"cancel"}}'],
  ])("that is being %s takes no input any more: what follows at once is a turn of its own", async (_how, line) => {
    const method = "item/commandExecution/requestApproval";
    await using server = await startServer({
      script: [answer(shell("touch x")), answer(message("two"))],
      answers: { [method]: "never" },
    });
    const threadId = await server.thread({ approvalPolicy: "untrusted" });
    const input = [{ type: "text", text: "a" }];
    await server.result("turn/start", { threadId, input });
    await server.untilNotified(method);
    await server.write(`${line.replace('"T"', JSON.stringify(threadId))}\n`);
    const [second, third] = [
      server.start("turn/start", { threadId, input }),
      server.start("turn/start", { threadId, input }),
    ];
    const { result } = await server.reply(second);
    const { turn } = result as { turn: { id: string } };
    expect(turn.id).not.toBe("0");
    // Further input joins the turn that waits.
    await expect(server.reply(third)).resolves.toMatchObject({ result: { turn: { id: turn.id } } });
    await server.untilNotified("turn/completed", 2);
    expect(outline(server).filter((line) => line.startsWith("turn/"))).toEqual([
      "turn/started 0 inProgress",
      "turn/completed 0 interrupted",
      `turn/started ${turn.id} inProgress`,
      `turn/completed ${turn.id} completed`,
    ]);
  });

  it("that is none is interrupted at once", async () => {
    await using server = await startServer();
    const threadId = await server.thread();
    await expect(server.result("turn/interrupt", { threadId, turnId: "0" })).resolves.toEqual({});
  });
});

describe("a reply", () => {
  it.each([
    ["thread/start", {}, "thread/started"],
    ["turn/start", { input: [{ type: "text", text: "a" }] }, "turn/started"],
    ["review/start", { target: { type: "custom", instructions: "look" } }, "turn/started"],
  ])("to %s stands before the first word of what it began", async (method, params, first) => {
    await using server = await startServer({ script: [answer(message("ok"))] });
    const threadId = method === "thread/start" ? undefined : await server.thread();
    const from = server.received.length;
    const id = server.start(method, { ...params, threadId });
    await server.untilNotified(first);
    const [reply, ...events] = server.received
      .slice(from)
      .filter(({ method: name }) => !name?.startsWith("codex/event/"));
    expect(reply).toMatchObject({ id, result: {} });
    expect(events.map(({ method: name }) => name)).toContain(first);
  });
});

describe("a review", () => {
  const verdict = JSON.stringify({
    findings: [],
    overall_correctness: "patch is correct",
    overall_explanation: "fine",
    overall_confidence_score: 0.9,
  });

  it("shows its beginning, its work, its result, each item with one end", async () => {
    await using server = await startServer({ script: [answer(message(verdict))] });
    const threadId = await server.thread();
    const from = server.received.length;
    const reply = await server.result("review/start", { threadId, target: { type: "custom", instructions: " look " } });
    expect(reply).toMatchObject({
      reviewThreadId: threadId,
      turn: { id: "0", items: [{ type: "userMessage", id: "0" }] },
    });
    await server.untilNotified("turn/completed");
    expect(outline(server, from).filter((line) => line !== "thread/started")).toEqual([
      "turn/started 0 inProgress",
      "item/started enteredReviewMode",
      "item/completed enteredReviewMode",
      ...plain,
      "item/started exitedReviewMode",
      "item/completed exitedReviewMode",
      "item/started agentMessage",
      "item/completed agentMessage",
      "turn/completed 0 completed",
    ]);
  });

  it("takes no input: what is said meanwhile is a turn of its own, after it", async () => {
    await using server = await startServer({
      script: [answer(hold("go"), message(verdict)), answer(message("now you"))],
    });
    const threadId = await server.thread();
    await server.result("review/start", { threadId, target: { type: "custom", instructions: "look" } });
    await server.model.reached("go");
    const { turn } = await server.result("turn/start", { threadId, input: [{ type: "text", text: "and me?" }] });
    expect(turn).toMatchObject({ id: "1", status: "inProgress" });
    server.model.release("go");
    await server.untilNotified("turn/completed", 2);
    expect(outline(server).filter((line) => line.startsWith("turn/"))).toEqual([
      "turn/started 0 inProgress",
      "turn/completed 0 completed",
      "turn/started 1 inProgress",
      "turn/completed 1 completed",
    ]);
  });

  it("that ends a running turn is announced once, as that turn is", async () => {
    await using server = await startServer({ script: [answer(hold("go"), message("x")), answer(message(verdict))] });
    const threadId = await server.thread();
    await server.result("turn/start", { threadId, input: [{ type: "text", text: "a" }] });
    await server.model.reached("go");
    await server.result("review/start", { threadId, target: { type: "custom", instructions: "look" } });
    const { result } = await server.call("turn/start", { threadId, input: [{ type: "text", text: "b" }] });
    expect(result).toMatchObject({ turn: { id: "2" } });
    await server.untilNotified("turn/completed", 3);
    const turns = outline(server).filter((line) => line.startsWith("turn/"));
    expect(turns.toSorted()).toEqual([
      "turn/completed 0 interrupted",
      "turn/completed 1 completed",
      "turn/completed 2 completed",
      "turn/started 0 inProgress",
      "turn/started 1 inProgress",
      "turn/started 2 inProgress",
    ]);
  });

  it("runs detached in a thread of its own", async () => {
    await using server = await startServer({ script: [answer(message("hi")), answer(message(verdict))] });
    const threadId = await server.thread();
    await server.turn(threadId, "hello");
    const { reviewThreadId } = await server.result("review/start", {
      threadId,
      delivery: "detached",
      target: { type: "custom", instructions: "look" },
    });
    expect(reviewThreadId).not.toBe(threadId);
    await server.until(({ method, params }) => method === "turn/completed" && params.threadId === reviewThreadId);
  });

  it.each([
    [{ type: "baseBranch", branch: "  " }, "branch must not be empty"],
    [{ type: "commit", sha: "" }, "sha must not be empty"],
    [{ type: "custom", instructions: "\n" }, "instructions must not be empty"],
  ])("of %j is refused", async (target, text) => {
    await using server = await startServer();
    const threadId = await server.thread();
    await expect(server.call("review/start", { threadId, target })).resolves.toMatchObject({
      error: { code: -32600, message: text },
    });
  });
});
