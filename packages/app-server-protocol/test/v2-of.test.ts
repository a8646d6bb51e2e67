import type { CommandItem, ThreadEvent, ThreadEventBody, ThreadItem } from "@codex-ts/protocol";
import { describe, expect, it } from "vitest";
import { createV2State, parseServerNotification, type ServerNotification, v2Of } from "../src/index.js";

const quoteCommand = (argv: readonly string[]) => argv.join(" ");
const place = { threadId: "T", turnId: "7" };

function event(body: ThreadEventBody, turnId: string | null = "7"): ThreadEvent {
  return { threadId: "T", seq: 1, at: "2026-11-20T16:41:38.480Z", turnId, ...body };
}

/** The notifications of events, one after the other, each of the form that the schemas publish. */
function told(bodies: readonly ThreadEventBody[], options = {}): ServerNotification[] {
  const state = createV2State({ quoteCommand, ...options });
  const all = bodies.flatMap((body) => v2Of(event(body), state));
  for (const notification of all) expect(parseServerNotification(notification)).toEqual(notification);
  return all;
}

const turn = (status: string, error: unknown = null) => ({ id: "7", items: [], status, error });
const startedTurn = { method: "turn/started", params: { threadId: "T", turn: turn("inProgress") } };
const completedTurn = { method: "turn/completed", params: { threadId: "T", turn: turn("completed") } };
const begin: ThreadEventBody = { type: "turn.started", contextWindow: null };
const end: ThreadEventBody = { type: "turn.ended", outcome: { kind: "completed" }, lastAgentMessage: null };

const command: CommandItem = {
  type: "command",
  id: "c",
  argv: ["/bin/bash", "-lc", "ls"],
  cwd: "/proj",
  actions: [
    { type: "read", cmd: "cat a", name: "a", path: "a" },
    { type: "list_files", cmd: "ls" },
    { type: "search", cmd: "rg x", query: "x" },
    { type: "unknown", cmd: "make" },
  ],
  source: "agent",
  processId: null,
  interactionInput: null,
  status: "inProgress",
  result: null,
};
const v2Command = {
  type: "commandExecution",
  id: "c",
  command: "/bin/bash -lc ls",
  cwd: "/proj",
  processId: null,
  status: "inProgress",
  commandActions: [
    { type: "read", command: "cat a", name: "a", path: "a" },
    { type: "listFiles", command: "ls", path: null },
    { type: "search", command: "rg x", query: "x", path: null },
    { type: "unknown", command: "make" },
  ],
  aggregatedOutput: null,
  exitCode: null,
  durationMs: null,
};
const ran = {
  stdout: "out\n",
  stderr: "err\n",
  aggregatedOutput: "out\nerr\n",
  formattedOutput: "",
  exitCode: 3,
  durationMs: 328,
  timedOut: false,
};

describe("a turn", () => {
  it("is announced at its start and completed at its end", () => {
    expect(told([begin, end])).toEqual([startedTurn, completedTurn]);
  });

  it("without a start is announced before its end", () => {
    expect(told([end])).toEqual([startedTurn, completedTurn]);
  });

  it("that the server has announced is not announced again", () => {
    const state = createV2State({ quoteCommand });
    state.announcedTurns.add("7");
    expect(v2Of(event(begin), state)).toEqual([]);
    expect(v2Of(event(end), state)).toEqual([completedTurn]);
    expect(v2Of(event(begin), state)).toEqual([startedTurn]);
  });

  it("that failed tells its error, and again with its end", () => {
    const error = {
      message: "high demand",
      info: { response_stream_disconnected: { http_status_code: 503 } },
      additionalDetails: "more",
    };
    const v2Error = {
      message: "high demand",
      codexErrorInfo: { responseStreamDisconnected: { httpStatusCode: 503 } },
      additionalDetails: "more",
    };
    expect(told([begin, { type: "turn.ended", outcome: { kind: "failed", error }, lastAgentMessage: null }])).toEqual([
      startedTurn,
      { method: "error", params: { error: v2Error, willRetry: false, ...place } },
      { method: "turn/completed", params: { threadId: "T", turn: turn("failed", v2Error) } },
    ]);
  });

  it("that was interrupted has no error", () => {
    const outcome = { kind: "interrupted" as const, reason: "interrupted" as const };
    expect(told([begin, { type: "turn.ended", outcome, lastAgentMessage: null }])).toEqual([
      startedTurn,
      { method: "turn/completed", params: { threadId: "T", turn: turn("interrupted") } },
    ]);
  });
});

const items: [what: string, item: ThreadItem, v2: object][] = [
  [
    "a user message",
    {
      type: "userMessage",
      id: "u",
      content: [
        { type: "text", text: "hi", text_elements: [{ byte_range: { start: 0, end: 1 } }] },
        { type: "image", image_url: "u" },
        { type: "local_image", path: "/l" },
        { type: "skill", name: "s", path: "/s" },
      ],
    },
    {
      type: "userMessage",
      id: "u",
      content: [
        { type: "text", text: "hi", text_elements: [{ byteRange: { start: 0, end: 1 }, placeholder: null }] },
        { type: "image", url: "u" },
        { type: "localImage", path: "/l" },
        { type: "skill", name: "s", path: "/s" },
      ],
    },
  ],
  ["a message", { type: "agentMessage", id: "a", text: "Hi" }, { type: "agentMessage", id: "a", text: "Hi" }],
  [
    "reasoning",
    { type: "reasoning", id: "r", summary: ["s"], raw: ["t"] },
    { type: "reasoning", id: "r", summary: ["s"], content: ["t"] },
  ],
  ["a command that runs", command, v2Command],
  [
    "a command that failed",
    { ...command, status: "failed", result: ran, processId: "4711" },
    { ...v2Command, status: "failed", aggregatedOutput: "out\nerr\n", exitCode: 3, durationMs: 328, processId: "4711" },
  ],
  [
    "a command without output",
    { ...command, status: "completed", result: { ...ran, aggregatedOutput: "", exitCode: 0 } },
    { ...v2Command, status: "completed", aggregatedOutput: null, exitCode: 0, durationMs: 328 },
  ],
  [
    "a declined command, with no outcome",
    { ...command, status: "declined", result: { ...ran, exitCode: -1 } },
    { ...v2Command, status: "declined" },
  ],
  [
    "an interrupted command, which failed for v2",
    { ...command, status: "interrupted" },
    { ...v2Command, status: "failed" },
  ],
  [
    "a patch, sorted by path",
    {
      type: "fileChange",
      id: "p",
      changes: {
        "/b": { type: "update", unified_diff: "@@ -1 +1 @@\n-hello\n+world\n", move_path: "/c" },
        "/a": { type: "add", content: "x\n" },
        "/d": { type: "delete", content: "y\n" },
        "/e": { type: "update", unified_diff: "@@" },
      },
      autoApproved: false,
      status: "completed",
      stdout: "",
      stderr: "",
    },
    {
      type: "fileChange",
      id: "p",
      changes: [
        { path: "/a", kind: { type: "add" }, diff: "x\n" },
        {
          path: "/b",
          kind: { type: "update", move_path: "/c" },
          diff: "@@ -1 +1 @@\n-hello\n+world\n\n\nMoved to: /c",
        },
        { path: "/d", kind: { type: "delete" }, diff: "y\n" },
        { path: "/e", kind: { type: "update", move_path: null }, diff: "@@" },
      ],
      status: "completed",
    },
  ],
  [
    "an MCP call",
    {
      type: "mcpCall",
      id: "m",
      invocation: { server: "s", tool: "t" },
      status: "completed",
      result: { content: [{ type: "text", text: "x" }] },
      error: null,
      durationMs: 5,
    },
    {
      type: "mcpToolCall",
      id: "m",
      server: "s",
      tool: "t",
      status: "completed",
      arguments: null,
      result: { content: [{ type: "text", text: "x" }], structuredContent: null },
      error: null,
      durationMs: 5,
    },
  ],
  [
    "an MCP answer that says it is an error",
    {
      type: "mcpCall",
      id: "m",
      invocation: { server: "s", tool: "t", arguments: {} },
      status: "completed",
      result: { content: [], isError: true },
      error: null,
      durationMs: 5,
    },
    {
      type: "mcpToolCall",
      id: "m",
      server: "s",
      tool: "t",
      status: "failed",
      arguments: {},
      result: { content: [], structuredContent: null },
      error: null,
      durationMs: 5,
    },
  ],
  [
    "a failed MCP call",
    {
      type: "mcpCall",
      id: "m",
      invocation: { server: "s", tool: "t", arguments: 1 },
      status: "interrupted",
      result: null,
      error: "gone",
      durationMs: null,
    },
    {
      type: "mcpToolCall",
      id: "m",
      server: "s",
      tool: "t",
      status: "failed",
      arguments: 1,
      result: null,
      error: { message: "gone" },
      durationMs: null,
    },
  ],
  [
    "a search",
    { type: "webSearch", id: "w", query: "cats", action: { type: "search", query: "cats" } },
    { type: "webSearch", id: "w", query: "cats" },
  ],
  ["an image", { type: "imageView", id: "i", path: "/i.png" }, { type: "imageView", id: "i", path: "/i.png" }],
  [
    "a call of another agent",
    {
      type: "subAgent",
      id: "s",
      tool: "send_input",
      senderThreadId: "T",
      receiverThreadIds: ["A"],
      prompt: null,
      states: {
        A: { completed: null },
        B: { errored: "e" },
        C: "pending_init",
        D: "running",
        E: "shutdown",
        F: "not_found",
      },
      status: "declined",
    },
    {
      type: "collabAgentToolCall",
      id: "s",
      tool: "sendInput",
      status: "failed",
      senderThreadId: "T",
      receiverThreadIds: ["A"],
      prompt: null,
      agentsStates: {
        A: { status: "completed", message: null },
        B: { status: "errored", message: "e" },
        C: { status: "pendingInit", message: null },
        D: { status: "running", message: null },
        E: { status: "shutdown", message: null },
        F: { status: "notFound", message: null },
      },
    },
  ],
];

describe("an item", () => {
  it.each(items)("that is %s is told as it is", (_, item, v2) => {
    expect(told([{ type: "item.started", item }])).toEqual([
      { method: "item/started", params: { item: v2, ...place } },
    ]);
    expect(told([{ type: "item.ended", item }])).toEqual([
      { method: "item/completed", params: { item: v2, ...place } },
    ]);
  });

  it.each([
    [{ type: "uncommittedChanges" }, "current changes"],
    [{ type: "baseBranch", branch: "main" }, "changes against 'main'"],
    [{ type: "commit", sha: "0123456789" }, "commit 0123456"],
    [{ type: "commit", sha: "0123456789", title: "Fix" }, "commit 0123456: Fix"],
    [{ type: "custom", instructions: " look \n" }, "look"],
  ] as const)("that is a review of %j begins and ends as two whole items", (target, review) => {
    const item = { type: "review", id: "r", target, hint: null, status: "completed", output: null } as const;
    const entered = { item: { type: "enteredReviewMode", id: "7", review }, ...place };
    const text = "Reviewer failed to output a response.";
    const exited = { item: { type: "exitedReviewMode", id: "7", review: text }, ...place };
    expect(
      told([
        { type: "item.started", item },
        { type: "item.ended", item },
      ]),
    ).toEqual([
      { method: "item/started", params: entered },
      { method: "item/completed", params: entered },
      { method: "item/started", params: exited },
      { method: "item/completed", params: exited },
    ]);
  });
});

describe("a change", () => {
  it.each([
    [{ kind: "text", text: "x" }, "item/agentMessage/delta", { delta: "x" }],
    [
      { kind: "reasoningSummary", summaryIndex: 1, text: "x" },
      "item/reasoning/summaryTextDelta",
      { delta: "x", summaryIndex: 1 },
    ],
    [{ kind: "reasoningSection", summaryIndex: 1 }, "item/reasoning/summaryPartAdded", { summaryIndex: 1 }],
    [{ kind: "reasoningRaw", contentIndex: 2, text: "x" }, "item/reasoning/textDelta", { delta: "x", contentIndex: 2 }],
    [
      { kind: "terminalInput", processId: "4", text: "y" },
      "item/commandExecution/terminalInteraction",
      { processId: "4", stdin: "y" },
    ],
    [
      { kind: "commandOutput", stream: "stdout", chunk: new TextEncoder().encode("out") },
      "item/commandExecution/outputDelta",
      { delta: "out" },
    ],
  ] as const)("%# is told in the words of its kind", (delta, method, params) => {
    expect(told([{ type: "item.delta", itemId: "i", delta }])).toEqual([
      { method, params: { ...place, itemId: "i", ...params } },
    ]);
  });

  const bytes = (stream: "stdout" | "stderr", ...chunk: number[]): ThreadEventBody => ({
    type: "item.delta",
    itemId: "c",
    delta: { kind: "commandOutput", stream, chunk: new Uint8Array(chunk) },
  });
  const deltas = (all: ServerNotification[]) =>
    all.flatMap(({ method, params }) => (method === "item/commandExecution/outputDelta" ? [params.delta] : []));

  it("whose character comes in two pieces is told whole, each stream by itself", () => {
    expect(deltas(told([bytes("stdout", 0x61, 0xc3), bytes("stderr", 0x62), bytes("stdout", 0xa9)]))).toEqual([
      "a",
      "b",
      "é",
    ]);
  });

  it("that begins with a byte order mark keeps it", () => {
    expect(deltas(told([bytes("stdout", 0xef, 0xbb, 0xbf, 0x61)]))).toEqual(["\ufeffa"]);
  });

  it("whose character never gets whole is told at the end as what it is", () => {
    expect(
      deltas(told([bytes("stdout", 0xc3), { type: "item.ended", item: { ...command, status: "failed" } }])),
    ).toEqual(["\ufffd"]);
  });

  it("of a patch's output is told as one", () => {
    const patch: ThreadItem = {
      type: "fileChange",
      id: "c",
      changes: {},
      autoApproved: true,
      status: "inProgress",
      stdout: "",
      stderr: "",
    };
    expect(told([{ type: "item.started", item: patch }, bytes("stdout", 0x61)])[1]).toEqual({
      method: "item/fileChange/outputDelta",
      params: { ...place, itemId: "c", delta: "a" },
    });
  });
});

const usage = {
  input_tokens: 100,
  cached_input_tokens: 10,
  output_tokens: 20,
  reasoning_output_tokens: 5,
  total_tokens: 120,
};
const v2Usage = {
  inputTokens: 100,
  cachedInputTokens: 10,
  outputTokens: 20,
  reasoningOutputTokens: 5,
  totalTokens: 120,
};
const noLimits = { primary: null, secondary: null, credits: null, planType: null };

describe("the rest", () => {
  it.each([
    ["a diff", { type: "turn.diff", diff: "d" }, [{ method: "turn/diff/updated", params: { ...place, diff: "d" } }]],
    [
      "a plan",
      { type: "turn.plan", plan: { explanation: "e", plan: [{ step: "a", status: "in_progress" }] } },
      [
        {
          method: "turn/plan/updated",
          params: { ...place, explanation: "e", plan: [{ step: "a", status: "inProgress" }] },
        },
      ],
    ],
    ["no usage and no limits", { type: "usage", usage: null, rateLimits: null }, []],
    [
      "usage and limits",
      {
        type: "usage",
        usage: { total_token_usage: usage, last_token_usage: usage, model_context_window: 258400 },
        rateLimits: {
          primary: { used_percent: 12.6, window_minutes: 300, resets_at: 9 },
          secondary: { used_percent: 1 },
          credits: { has_credits: true, unlimited: false },
          plan_type: "pro",
        },
      },
      [
        {
          method: "thread/tokenUsage/updated",
          params: { ...place, tokenUsage: { total: v2Usage, last: v2Usage, modelContextWindow: 258400 } },
        },
        {
          method: "account/rateLimits/updated",
          params: {
            rateLimits: {
              primary: { usedPercent: 13, windowDurationMins: 300, resetsAt: 9 },
              secondary: { usedPercent: 1, windowDurationMins: null, resetsAt: null },
              credits: { hasCredits: true, unlimited: false, balance: null },
              planType: "pro",
            },
          },
        },
      ],
    ],
    [
      "limits that say nothing",
      { type: "usage", usage: null, rateLimits: {} },
      [{ method: "account/rateLimits/updated", params: { rateLimits: noLimits } }],
    ],
    [
      "an error that does not end the turn",
      {
        type: "notice",
        notice: { kind: "error", error: { message: "m", info: "bad_request", additionalDetails: null } },
      },
      [
        {
          method: "error",
          params: {
            error: { message: "m", codexErrorInfo: "badRequest", additionalDetails: null },
            willRetry: false,
            ...place,
          },
        },
      ],
    ],
    [
      "a refused rollback",
      {
        type: "notice",
        notice: { kind: "error", error: { message: "m", info: "thread_rollback_failed", additionalDetails: null } },
      },
      [],
    ],
    [
      "a broken stream",
      {
        type: "notice",
        notice: { kind: "retrying", message: "Reconnecting... 1/5", info: null, additionalDetails: "d" },
      },
      [
        {
          method: "error",
          params: {
            error: { message: "Reconnecting... 1/5", codexErrorInfo: null, additionalDetails: "d" },
            willRetry: true,
            ...place,
          },
        },
      ],
    ],
    [
      "a compaction",
      { type: "notice", notice: { kind: "compacted" } },
      [{ method: "thread/compacted", params: place }],
    ],
    [
      "a deprecation",
      { type: "notice", notice: { kind: "deprecation", summary: "s", details: null } },
      [{ method: "deprecationNotice", params: { summary: "s", details: null } }],
    ],
    ["a warning", { type: "notice", notice: { kind: "warning", message: "w" } }, []],
    ["a recorded item", { type: "response.item", item: { type: "other" } }, []],
    [
      "an answer",
      { type: "question.answered", questionId: "q", by: "client", answer: { kind: "command", decision: "approved" } },
      [],
    ],
  ] as [string, ThreadEventBody, object[]][])("of the events: %s", (_, body, expected) => {
    expect(told([body])).toEqual(expected);
  });

  it("tells recorded items to clients that want them", () => {
    const notification = { method: "rawResponseItem/completed", params: { ...place, item: { type: "other" } } };
    expect(told([{ type: "response.item", item: { type: "other" } }], { rawEvents: true })).toEqual([notification]);
  });

  it.each([
    [
      { kind: "warning", message: "w" },
      { method: "warning", params: { threadId: "T", message: "w" } },
    ],
    [
      { kind: "mcpStartup", server: "s", status: { state: "failed", error: "e" } },
      { method: "mcpServer/startupStatus/updated", params: { threadId: "T", name: "s", status: "failed", error: "e" } },
    ],
    [
      { kind: "mcpStartup", server: "s", status: { state: "ready" } },
      { method: "mcpServer/startupStatus/updated", params: { threadId: "T", name: "s", status: "ready", error: null } },
    ],
    [{ kind: "skillsChanged" }, { method: "skills/changed", params: {} }],
  ] as const)("tells %j to clients that know it", (notice, notification) => {
    const body = { type: "notice", notice } as ThreadEventBody;
    expect(told([body], { newer: true })).toEqual([notification]);
    expect(told([body])).toEqual([]);
  });

  it.each([
    "context_window_exceeded",
    "usage_limit_exceeded",
    "internal_server_error",
    "unauthorized",
    "bad_request",
    "sandbox_error",
    "other",
    { http_connection_failed: { http_status_code: 1 } },
    { response_stream_connection_failed: {} },
    { response_too_many_failed_attempts: { http_status_code: 429 } },
  ] as const)("tells the error class %j in camel case", (info) => {
    const [notification] = told([
      { type: "notice", notice: { kind: "error", error: { message: "", info, additionalDetails: null } } },
    ]);
    const camel = JSON.stringify(info).replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    const expected: unknown = JSON.parse(
      camel === '{"responseStreamConnectionFailed":{}}'
        ? '{"responseStreamConnectionFailed":{"httpStatusCode":null}}'
        : camel,
    );
    expect(notification).toMatchObject({ params: { error: { codexErrorInfo: expected } } });
  });
});
