/** What a person reads of each kind of event; whole runs are tested at the executable. */

import type { McpCallItem, Notice, SubAgentItem, ThreadEventBody, ThreadItem, WebSearchItem } from "@codex-ts/protocol";
import { describe, expect, it, vi } from "vitest";
import { durationText } from "../src/human/duration.js";
import { HumanPrinter } from "../src/human/printer.js";
import { Screen } from "../src/human/screen.js";
import { makeStyle } from "../src/human/style.js";

function printed(bodies: ThreadEventBody[], options: { reasoning?: boolean; raw?: boolean } = {}): string {
  let text = "";
  const screen = new Screen({ write: (more) => (text += more), terminal: null });
  const printer = new HumanPrinter({
    style: makeStyle(false),
    screen,
    showReasoning: options.reasoning ?? true,
    showRawReasoning: options.raw ?? false,
    now: () => 0,
  });
  for (const body of bodies) take(printer, body);
  return text;
}

function take(printer: HumanPrinter, body: ThreadEventBody): void {
  printer.take({ ...body, threadId: "t", turnId: "0", seq: 0, at: "2026-01-01T00:00:00.000Z" });
}

/** Sets the clipboard of a terminal that is sent it. */
const RAW = "\u001b]52;c;x\u0007";
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

const call: McpCallItem = {
  type: "mcpCall",
  id: "1",
  invocation: { server: "fake", tool: "echo", arguments: { text: "hi" } },
  status: "inProgress",
  result: null,
  error: null,
  durationMs: null,
};

const search: WebSearchItem = { type: "webSearch", id: "1", query: "", action: { type: "other" } };

const agent: SubAgentItem = {
  type: "subAgent",
  id: "call_1",
  tool: "spawn_agent",
  prompt: "x".repeat(130),
  senderThreadId: "a",
  receiverThreadIds: ["b"],
  states: {},
  status: "inProgress",
};

describe("items", () => {
  it.each<[what: string, bodies: ThreadEventBody[], text: string]>([
    [
      "an MCP call that worked",
      [
        { type: "item.started", item: call },
        {
          type: "item.ended",
          item: { ...call, status: "completed", result: { content: [] }, durationMs: 12 },
        },
      ],
      'tool fake.echo({"text":"hi"})\nfake.echo({"text":"hi"}) success in 12ms:\n{\n  "content": []\n}\n',
    ],
    [
      "an MCP call that did not",
      [
        { type: "item.started", item: { ...call, invocation: { server: "s", tool: "t" } } },
        {
          type: "item.ended",
          item: {
            ...call,
            invocation: { server: "s", tool: "t" },
            status: "failed",
            error: "gone",
            durationMs: 61_000,
          },
        },
      ],
      "tool s.t()\ns.t() failed in 1m 01s:\ngone\n",
    ],
    [
      "a search",
      [
        { type: "item.started", item: search },
        { type: "item.ended", item: { ...search, query: "rust lang" } },
      ],
      "🌐 Searching the web...\n🌐 Searched: rust lang\n",
    ],
    ["a search for nothing", [{ type: "item.ended", item: search }], "🌐 Searched the web\n"],
    [
      "a sub-agent",
      [
        { type: "item.started", item: agent },
        { type: "item.ended", item: { ...agent, status: "completed" } },
      ],
      `collab spawn_agent(call_1, prompt="${"x".repeat(120)}…")\nspawn_agent completed:\n  agent: b\n`,
    ],
    [
      "an image",
      [{ type: "item.ended", item: { type: "imageView", id: "1", path: "/a.png" } }],
      "viewed image /a.png\n",
    ],
  ])("%s", (_what, bodies, text) => {
    expect(printed(bodies)).toBe(text);
  });

  it.each<[what: string, item: ThreadItem]>([
    ["an MCP call", { ...call, invocation: { server: RAW, tool: RAW }, result: { content: [RAW] } }],
    ["a sub-agent", { ...agent, id: RAW, receiverThreadIds: [RAW] }],
    ["an image", { type: "imageView", id: "1", path: RAW }],
    ["a search", { ...search, query: RAW }],
    ["thoughts", { type: "reasoning", id: "1", summary: [RAW], raw: [] }],
  ])("%s sends no control character", (_what, item) => {
    const text = printed([
      { type: "item.started", item },
      { type: "item.ended", item },
    ]);
    expect(text).toContain("␛]52;c;x␇");
    expect(text).not.toMatch(CONTROL);
  });

  it("a wait says what is waited for in one line, without control characters", () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
    let text = "";
    const terminal = { columns: () => 80, dim: (words: string) => words };
    const screen = new Screen({ write: (more) => (text += more), terminal });
    const options = { style: makeStyle(false), screen, showReasoning: true, showRawReasoning: false, now: () => 0 };
    const item: McpCallItem = { ...call, invocation: { server: RAW, tool: "t\nu" } };
    take(new HumanPrinter(options), { type: "item.started", item });
    text = "";
    vi.advanceTimersByTime(500);
    vi.useRealTimers();
    screen.end();
    expect(text).toContain("Calling ␛]52;c;x␇.t ");
    expect(text.replaceAll("\r", "").replaceAll("\u001b[K", "")).not.toMatch(CONTROL);
  });

  const thought: ThreadEventBody = {
    type: "item.ended",
    item: { type: "reasoning", id: "1", summary: ["**A**", "b"], raw: ["raw"] },
  };

  it.each([
    { options: {}, text: "thinking\n**A**\n\nb\n" },
    { options: { raw: true }, text: "thinking\n**A**\n\nb\n\nraw\n" },
    { options: { reasoning: false }, text: "" },
    { options: { reasoning: false, raw: true }, text: "thinking\nraw\n" },
  ])("thoughts as $options say", ({ options, text }) => {
    expect(printed([thought], options)).toBe(text);
  });
});

describe("notices", () => {
  it.each<[Notice, string]>([
    [{ kind: "warning", message: "careful" }, "warning: careful\n"],
    [{ kind: "deprecation", summary: "old", details: "use new" }, "deprecated: old\n  use new\n"],
    [{ kind: "deprecation", summary: "old", details: null }, "deprecated: old\n"],
    [{ kind: "background", message: "tidying" }, "tidying\n"],
    [
      { kind: "retrying", message: "Reconnecting... 1/2", info: null, additionalDetails: "cut" },
      "Reconnecting... 1/2 (cut)\n",
    ],
    [{ kind: "compacted" }, "context compacted\n"],
    [{ kind: "mcpStartup", server: "a", status: { state: "starting" } }, "mcp: a starting\n"],
    [{ kind: "mcpStartup", server: "a", status: { state: "failed", error: "no" } }, "mcp: a failed: no\n"],
    [{ kind: "mcpStartupComplete", ready: [], failed: [], cancelled: [] }, "mcp startup: no servers\n"],
    [
      { kind: "mcpStartupComplete", ready: ["a", "b"], failed: [{ server: "c", error: "x" }], cancelled: ["d"] },
      "mcp startup: ready: a, b; failed: c; cancelled: d\n",
    ],
    [{ kind: "mcpStartup", server: RAW, status: { state: "ready" } }, "mcp: ␛]52;c;x␇ ready\n"],
    [{ kind: "mcpStartupComplete", ready: [RAW], failed: [], cancelled: [] }, "mcp startup: ready: ␛]52;c;x␇\n"],
    [{ kind: "deprecation", summary: "old", details: RAW }, "deprecated: old\n  ␛]52;c;x␇\n"],
    [{ kind: "skillsChanged" }, ""],
  ])("%j", (notice, text) => {
    expect(printed([{ type: "notice", notice }])).toBe(text);
  });
});

it.each([
  [0, "0ms"],
  [75.4, "75ms"],
  [999, "999ms"],
  [1_000, "1.00s"],
  [3_004, "3.00s"],
  [59_994, "59.99s"],
  [60_000, "1m 00s"],
  [65_900, "1m 05s"],
  [3_600_000, "60m 00s"],
])("%i ms are %s", (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});
