/** The two folds to exec's lines, from core's events and from an app-server's notifications, say the same. */

import { createV2State, v2Of, type ServerNotification } from "@codex-ts/app-server-protocol";
import { quoteCommand } from "@codex-ts/shell-command";
import type { ThreadEvent as CoreEvent, ThreadEventBody, ThreadItem as CoreItem } from "@codex-ts/protocol";
import { describe, expect, it } from "vitest";
import { ExecProjection } from "../src/events/exec-projection.js";
import { lineOf, type ThreadEvent } from "../src/events/thread-event.js";
import { V2Projection } from "../src/server/v2-projection.js";

const event = (body: ThreadEventBody): CoreEvent => ({
  threadId: "t",
  seq: 0,
  at: "2026-01-01T00:00:00Z",
  turnId: "1",
  ...body,
});

function inProcess(bodies: readonly ThreadEventBody[]): ThreadEvent[] {
  const projection = new ExecProjection();
  return bodies.flatMap((body) => projection.take(event(body)));
}

function overServer(bodies: readonly ThreadEventBody[]): ThreadEvent[] {
  const state = createV2State({ quoteCommand });
  const projection = new V2Projection();
  const notifications: ServerNotification[] = bodies.flatMap((body) => v2Of(event(body), state));
  return notifications.flatMap((message) => projection.take(message));
}

const lifeOf = (begun: CoreItem, ended: Partial<CoreItem>): ThreadEventBody[] => [
  { type: "item.started", item: begun },
  { type: "item.ended", item: { ...begun, ...ended } as CoreItem },
];

const command = {
  type: "command",
  id: "c",
  argv: ["bash", "-lc", "echo 'a b'"],
  cwd: "/w",
  actions: [],
  source: "agent",
  processId: null,
  interactionInput: null,
  status: "inProgress",
  result: null,
} as const satisfies CoreItem;

const result = {
  stdout: "a b\n",
  stderr: "",
  aggregatedOutput: "a b\n",
  formattedOutput: "a b\n",
  exitCode: 0,
  durationMs: 1,
  timedOut: false,
};

const patch = {
  type: "fileChange",
  id: "p",
  changes: { "/w/a": { type: "add", content: "x" }, "/w/b": { type: "delete", content: "y" } },
  autoApproved: true,
  status: "inProgress",
  stdout: "",
  stderr: "",
} as const satisfies CoreItem;

const call = {
  type: "mcpCall",
  id: "m",
  invocation: { server: "s", tool: "t", arguments: { a: 1 } },
  status: "inProgress",
  result: null,
  error: null,
  durationMs: null,
} as const satisfies CoreItem;

const agents = {
  type: "subAgent",
  id: "a",
  tool: "spawn_agent",
  senderThreadId: "t",
  receiverThreadIds: ["u"],
  prompt: "do",
  states: { u: "pending_init" },
  status: "inProgress",
} as const satisfies CoreItem;

const tokens = {
  input_tokens: 5,
  cached_input_tokens: 2,
  output_tokens: 3,
  reasoning_output_tokens: 1,
  total_tokens: 8,
};

const turnStarted: ThreadEventBody = { type: "turn.started", contextWindow: null };
const turnEnded: ThreadEventBody = { type: "turn.ended", outcome: { kind: "completed" }, lastAgentMessage: null };

describe("a turn is told alike", () => {
  it.each<[name: string, bodies: ThreadEventBody[]]>([
    ["without anything", []],
    ["with a message", lifeOf({ type: "agentMessage", id: "1", text: "" }, { text: "hi" })],
    ["with an empty message", lifeOf({ type: "agentMessage", id: "1", text: "" }, {})],
    ["with thoughts", lifeOf({ type: "reasoning", id: "r", summary: [], raw: [] }, { summary: ["a", "b"] })],
    ["with a command", lifeOf(command, { status: "completed", result })],
    ["with a command that failed", lifeOf(command, { status: "failed", result: { ...result, exitCode: 3 } })],
    ["with a patch", lifeOf(patch, { status: "completed" })],
    ["with a refused patch", lifeOf(patch, { status: "declined" })],
    [
      "with a call",
      lifeOf(call, { status: "completed", durationMs: 1, result: { content: [{ type: "text", text: "x" }] } }),
    ],
    ["with a call that failed", lifeOf(call, { status: "failed", error: "gone" })],
    ["with an agent", lifeOf(agents, { status: "completed", states: { u: { completed: "fine" } } })],
    [
      "with a plan that changes",
      [
        { type: "turn.plan", plan: { explanation: null, plan: [{ step: "a", status: "in_progress" }] } },
        ...lifeOf({ type: "agentMessage", id: "1", text: "" }, { text: "hi" }),
        { type: "turn.plan", plan: { explanation: null, plan: [{ step: "a", status: "completed" }] } },
      ],
    ],
    [
      "with usage",
      [
        {
          type: "usage",
          usage: { total_token_usage: tokens, last_token_usage: tokens, model_context_window: 100 },
          rateLimits: null,
        },
      ],
    ],
  ])("%s", (_name, bodies) => {
    const all = [turnStarted, ...bodies, turnEnded];
    const lines = inProcess(all);
    expect(overServer(all)).toEqual(lines);
    expect(lines.at(0)).toEqual({ type: "turn.started" });
    expect(lines.at(-1)).toMatchObject({ type: "turn.completed" });
  });

  it.each<[name: string, end: ThreadEventBody]>([
    [
      "failed",
      {
        type: "turn.ended",
        outcome: { kind: "failed", error: { message: "bad", info: "other", additionalDetails: null } },
        lastAgentMessage: null,
      },
    ],
    [
      "interrupted",
      { type: "turn.ended", outcome: { kind: "interrupted", reason: "interrupted" }, lastAgentMessage: null },
    ],
  ])("when it is %s", (_name, end) => {
    expect(overServer([turnStarted, end])).toEqual(inProcess([turnStarted, end]));
  });
});

describe("a search", () => {
  const search = { type: "webSearch", id: "ws_1", query: "cats", action: { type: "search", query: "cats" } } as const;

  it("has the call's id under a second key of its line", () => {
    const [line] = inProcess([{ type: "item.ended", item: search }]);
    expect(line === undefined ? "" : lineOf(line)).toBe(
      '{"type":"item.completed","item":{"id":"item_0","type":"web_search","id":"ws_1","query":"cats","action":{"type":"search","query":"cats"}}}',
    );
  });

  it("has no action when a server tells it", () => {
    expect(overServer([{ type: "item.ended", item: search }])).toEqual([
      { type: "item.completed", item: { id: "item_0", type: "web_search", call_id: "ws_1", query: "cats" } },
    ]);
  });
});
