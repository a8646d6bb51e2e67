/** Items as tool calls, changes as diffs, answers as decisions: tables. */

import type { CommandQuestion, FileChanges, ParsedCommand, ThreadEvent, ThreadItem } from "@codex-ts/protocol";
import { describe, expect, it } from "vitest";
import { userInputOf } from "../src/prompt/user-input.js";
import { modeIdOf, modesOf, settingsOfMode } from "../src/sessions/modes.js";
import { answerOf, permissionOf } from "../src/sessions/permission.js";
import { changedPlaces, diffsOf } from "../src/updates/diffs.js";
import { isCall, toolCallOf } from "../src/updates/tool-calls.js";
import { UpdateProjection } from "../src/updates/updates-of.js";

function call(item: ThreadItem): object {
  if (!isCall(item)) throw new Error("no call");
  return toolCallOf(item);
}

const command = (actions: ParsedCommand[], rest: object = {}): ThreadItem => ({
  type: "command",
  id: "c",
  argv: ["/bin/bash", "-lc", "cat x"],
  cwd: "/w",
  actions,
  source: "agent",
  processId: null,
  interactionInput: null,
  status: "inProgress",
  result: null,
  ...rest,
});

describe("a command", () => {
  it.each<[actions: ParsedCommand[], title: string, kind: string, paths: string[]]>([
    [[{ type: "read", cmd: "cat x", name: "x", path: "d/x" }], "Read x", "read", ["/w/d/x"]],
    [[{ type: "list_files", cmd: "ls" }], "List files", "search", []],
    [[{ type: "search", cmd: "rg a", query: "a", path: "src" }], "Search a in src", "search", []],
    [[{ type: "unknown", cmd: "cat x" }], "cat x", "execute", []],
    [[], "cat x", "execute", []],
    [
      [
        { type: "read", cmd: "cat x", name: "x", path: "x" },
        { type: "unknown", cmd: "make" },
      ],
      "cat x",
      "execute",
      ["/w/x"],
    ],
  ])("that does %j is shown as %s", (actions, title, kind, paths) => {
    expect(call(command(actions))).toMatchObject({ title, kind, locations: paths.map((path) => ({ path })) });
  });

  it.each([
    ["completed", "completed"],
    ["failed", "failed"],
    ["declined", "failed"],
    ["interrupted", "failed"],
  ])("that is %s has the status %s", (status, told) => {
    expect(call(command([], { status }))).toMatchObject({ status: told });
  });

  it("shows its output in a fence that it cannot close", () => {
    const result = { aggregatedOutput: "a\n```\nb", exitCode: 1 };
    expect(call(command([], { status: "failed", result }))).toMatchObject({
      content: [{ content: { text: "````\na\n```\nb\n````" } }],
      rawOutput: { exitCode: 1, output: "a\n```\nb" },
    });
  });
});

describe("other calls", () => {
  const mcp = {
    type: "mcpCall",
    id: "m",
    invocation: { server: "s", tool: "t", arguments: { a: 1 } },
    durationMs: 1,
  } as const;
  it.each<[item: ThreadItem, told: object]>([
    [
      {
        ...mcp,
        status: "completed",
        error: null,
        result: {
          content: [
            { type: "text", text: "x" },
            { type: "image", data: "AA", mimeType: "image/png" },
            { type: "audio", data: "AA", mimeType: "audio/wav" },
          ],
        },
      },
      {
        title: "s: t",
        kind: "other",
        rawInput: { a: 1 },
        content: [{ content: { type: "text" } }, { content: { type: "image", mimeType: "image/png" } }],
      },
    ],
    [
      { ...mcp, status: "failed", error: "gone", result: null },
      { status: "failed", content: [{ content: { text: "gone" } }] },
    ],
    [
      { type: "webSearch", id: "w", query: "cats", action: { type: "search", query: "cats" } },
      { title: "cats", kind: "fetch" },
    ],
    [
      { type: "imageView", id: "i", path: "/w/a.png" },
      { title: "View a.png", kind: "read", locations: [{ path: "/w/a.png" }] },
    ],
    [
      {
        type: "subAgent",
        id: "s",
        tool: "wait",
        senderThreadId: "a",
        receiverThreadIds: ["b", "c"],
        prompt: null,
        states: { b: { completed: "fine" }, c: "running" },
        status: "completed",
      },
      { title: "Wait for agents", content: [{ content: { text: "fine" } }] },
    ],
  ])("%#", (item, told) => {
    expect(call(item)).toMatchObject(told);
  });
});

describe("changes of files", () => {
  const changes: FileChanges = {
    "/w/b": {
      type: "update",
      unified_diff: "@@ -1,2 +1,2 @@\n a\n-b\n+c\n@@ -9 +10,2 @@\n x\n+y\n",
      move_path: "/w/d",
    },
    "/w/a": { type: "add", content: "new\n" },
    "/w/c": { type: "delete", content: "old\n" },
  };

  it("are diffs, one for each place", () => {
    expect(diffsOf(changes)).toEqual([
      { type: "diff", path: "/w/a", oldText: null, newText: "new\n" },
      { type: "diff", path: "/w/d", oldText: "a\nb\n", newText: "a\nc\n" },
      { type: "diff", path: "/w/d", oldText: "x\n", newText: "x\ny\n" },
      { type: "diff", path: "/w/c", oldText: "old\n", newText: "" },
    ]);
  });

  it("are at places", () => {
    expect(changedPlaces(changes)).toEqual([{ path: "/w/a" }, { path: "/w/d", line: 1 }, { path: "/w/c" }]);
  });
});

describe("updates", () => {
  const event = (body: object): ThreadEvent =>
    ({ threadId: "t", seq: 0, at: "2026-01-01T00:00:00Z", turnId: "1", ...body }) as ThreadEvent;
  const text = (sessionUpdate: string, words: string): object => ({
    sessionUpdate,
    content: { type: "text", text: words },
  });

  it("tell a message once, streamed or whole", () => {
    const projection = new UpdateProjection();
    const streamed = { type: "agentMessage", id: "1", text: "ab" };
    const all = [
      event({ type: "item.started", item: { ...streamed, text: "" } }),
      event({ type: "item.delta", itemId: "1", delta: { kind: "text", text: "ab" } }),
      event({ type: "item.ended", item: streamed }),
      event({ type: "item.ended", item: { type: "agentMessage", id: "2", text: "whole" } }),
      event({ type: "item.ended", item: { type: "reasoning", id: "3", summary: ["a", "b"], raw: [] } }),
      event({ type: "item.ended", item: { type: "userMessage", id: "4", content: [] } }),
    ].flatMap((each) => projection.take(each));
    expect(all).toEqual([
      text("agent_message_chunk", "ab"),
      text("agent_message_chunk", "whole"),
      text("agent_thought_chunk", "a\n\nb"),
    ]);
  });

  it("tell plans, and how full the context is when that changes", () => {
    const projection = new UpdateProjection();
    const usage = { total_token_usage: {}, last_token_usage: { total_tokens: 5 }, model_context_window: 10 };
    const all = [
      event({ type: "turn.plan", plan: { explanation: null, plan: [{ step: "s", status: "in_progress" }] } }),
      event({ type: "usage", usage: null, rateLimits: null }),
      event({ type: "usage", usage, rateLimits: null }),
      event({ type: "usage", usage, rateLimits: null }),
      event({ type: "notice", notice: { kind: "warning", message: "careful" } }),
    ].flatMap((each) => projection.take(each));
    expect(all).toEqual([
      { sessionUpdate: "plan", entries: [{ content: "s", priority: "medium", status: "in_progress" }] },
      { sessionUpdate: "usage_update", used: 5, size: 10 },
      text("agent_thought_chunk", "Warning: careful\n\n"),
    ]);
  });
});

describe("modes", () => {
  const workspace = { type: "workspace-write" as const, writable_roots: ["/x"] };

  it.each([
    ["on-request", { type: "read-only" }, "read-only"],
    ["on-request", workspace, "auto"],
    ["never", { type: "danger-full-access" }, "full-access"],
    ["never", { type: "read-only" }, "custom"],
    ["untrusted", workspace, "custom"],
  ] as const)("%s and %j are %s", (approvalPolicy, sandboxPolicy, id) => {
    expect(modeIdOf({ approvalPolicy, sandboxPolicy })).toBe(id);
    expect(modesOf({ approvalPolicy, sandboxPolicy }).availableModes.map((mode) => mode.id)).toContain(id);
  });

  it("keep what is configured for them", () => {
    const configured = { approvalPolicy: "untrusted" as const, sandboxPolicy: workspace };
    expect(settingsOfMode("auto", configured)).toEqual({ approvalPolicy: "on-request", sandboxPolicy: workspace });
    expect(settingsOfMode("custom", configured)).toEqual(configured);
    expect(settingsOfMode("nosuch", configured)).toBeNull();
  });
});

describe("an answer", () => {
  const question: CommandQuestion = {
    kind: "command",
    id: "q",
    itemId: "c",
    argv: ["ls"],
    cwd: "/w",
    actions: [],
    reason: null,
    proposedAmendment: null,
    shortAmendment: null,
    risk: null,
  };

  it("may allow a shorter rule, which is offered beside the whole command", () => {
    const offered = { ...question, proposedAmendment: ["git", "push", "-u"], shortAmendment: ["git", "push"] };
    expect(permissionOf("s", offered).options.map(({ name }) => name)).toEqual([
      "Yes",
      "Yes, and not again in this session",
      "Yes, and always for commands that begin with `git push -u`",
      "Yes, and always for commands that begin with `git push`",
      "No, go on without it",
      "No, and stop",
    ]);
    const chosen = { outcome: { outcome: "selected" as const, optionId: "allow-short-rule" } };
    expect(answerOf(offered, chosen)).toEqual({
      kind: "command",
      decision: { approved_execpolicy_amendment: { proposed_execpolicy_amendment: ["git", "push"] } },
    });
    expect(answerOf(question, chosen)).toEqual({ kind: "command", decision: "denied" });
  });

  it("with a rule that was not offered is no rule", () => {
    const chosen = { outcome: { outcome: "selected" as const, optionId: "allow-rule" } };
    expect(answerOf(question, chosen)).toEqual({ kind: "command", decision: "denied" });
    expect(answerOf({ ...question, proposedAmendment: ["ls"] }, chosen)).toEqual({
      kind: "command",
      decision: { approved_execpolicy_amendment: { proposed_execpolicy_amendment: ["ls"] } },
    });
  });
});

describe("what an editor sends", () => {
  it.each<[block: Parameters<typeof userInputOf>[0][number], sent: object]>([
    [
      { type: "image", data: "AA", mimeType: "image/png" },
      { type: "image", image_url: "data:image/png;base64,AA" },
    ],
    [
      { type: "resource_link", name: "n", uri: "https://x/y" },
      { type: "text", text: "[@n](https://x/y)" },
    ],
    [
      { type: "resource", resource: { uri: "file:///a%20b.png", blob: "AA", mimeType: "image/png" } },
      { type: "image", image_url: "data:image/png;base64,AA" },
    ],
    [
      { type: "resource", resource: { uri: "file:///a%20b", blob: "AA" } },
      { type: "text", text: "[@/a b](/a b)" },
    ],
  ])("%j", (block, sent) => {
    expect(userInputOf([block])).toMatchObject([sent]);
  });

  it("is refused when it is audio", () => {
    expect(() => userInputOf([{ type: "audio", data: "AA", mimeType: "audio/wav" }])).toThrow("audio is not supported");
  });
});
