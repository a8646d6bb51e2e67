import { describe, expect, it } from "vitest";
import {
  eventsFromRollout,
  parseRolloutLine,
  type RolloutItem,
  type RolloutLine,
  type ThreadEvent,
} from "../src/index.js";

const meta: RolloutItem = {
  type: "session_meta",
  payload: { id: "T", timestamp: "2026-11-20T16:57:34.166Z", cwd: "/proj", originator: "drv", cli_version: "0.92.0" },
};

function lines(...items: RolloutItem[]): RolloutLine[] {
  return [meta, ...items].map((item, index) => ({
    timestamp: `2026-11-20T16:57:${String(10 + index)}.000Z`,
    ...item,
  }));
}

const user = (message: string): RolloutItem => ({ type: "event_msg", payload: { type: "user_message", message } });
const agent = (message: string): RolloutItem => ({ type: "event_msg", payload: { type: "agent_message", message } });
const call = (name: string, args: unknown, call_id = "c"): RolloutItem => ({
  type: "response_item",
  payload: { type: "function_call", name, arguments: JSON.stringify(args), call_id },
});
const output = (text: string, call_id = "c"): RolloutItem => ({
  type: "response_item",
  payload: { type: "function_call_output", call_id, output: text },
});

/** Turns as `id: items -> outcome`. */
function told(events: readonly ThreadEvent[]): string[] {
  const turns: string[] = [];
  for (const event of events) {
    if (event.type === "turn.started") turns.push(`${event.turnId}:`);
    const last = turns.length - 1;
    if (event.type === "item.ended") turns[last] += ` ${event.item.type}(${event.item.id})`;
    if (event.type === "turn.ended") turns[last] += ` -> ${event.outcome.kind}`;
  }
  return turns;
}

function endedItem(stored: readonly RolloutLine[]) {
  return eventsFromRollout(stored).find((event) => event.type === "item.ended" && event.item.type !== "userMessage");
}

describe("a session file", () => {
  it.each([
    ["one turn", [user("a"), agent("b")], ["turn-1: userMessage(item-1) agentMessage(item-2) -> completed"]],
    [
      "two turns",
      [user("a"), agent("b"), user("c")],
      ["turn-1: userMessage(item-1) agentMessage(item-2) -> completed", "turn-2: userMessage(item-3) -> completed"],
    ],
    ["an answer before any message", [agent("b")], ["turn-1: agentMessage(item-1) -> completed"]],
    ["an empty answer", [user("a"), agent("")], ["turn-1: userMessage(item-1) -> completed"]],
    [
      "an interrupted turn",
      [user("a"), { type: "event_msg", payload: { type: "turn_aborted", reason: "interrupted" } }],
      ["turn-1: userMessage(item-1) -> interrupted"],
    ],
    ["an abort without a turn", [{ type: "event_msg", payload: { type: "turn_aborted", reason: "interrupted" } }], []],
    [
      "a failed turn",
      [user("a"), { type: "event_msg", payload: { type: "error", message: "no", codex_error_info: "other" } }],
      ["turn-1: userMessage(item-1) -> failed"],
    ],
    [
      "a rolled back turn, and the numbers after it",
      [user("a"), user("b"), { type: "event_msg", payload: { type: "thread_rolled_back", num_turns: 1 } }, user("c")],
      ["turn-1: userMessage(item-1) -> completed", "turn-2: userMessage(item-2) -> completed"],
    ],
    [
      "more turns rolled back than there are",
      [user("a"), { type: "event_msg", payload: { type: "thread_rolled_back", num_turns: 9 } }],
      [],
    ],
    [
      "a call without outcome, as after a kill",
      [user("a"), call("shell", { command: ["ls"] })],
      ["turn-1: userMessage(item-1) command(c) -> interrupted"],
    ],
    [
      "a review, whose prompt the original writes twice",
      [
        { type: "event_msg", payload: { type: "entered_review_mode", target: { type: "uncommittedChanges" } } },
        user("review this"),
        user("review this"),
        { type: "event_msg", payload: { type: "exited_review_mode", review_output: null } },
        agent("found nothing"),
        user("next"),
      ],
      [
        "turn-1: review(item-1) userMessage(item-2) agentMessage(item-3) -> completed",
        "turn-2: userMessage(item-4) -> completed",
      ],
    ],
    [
      "reasoning: paragraphs next to each other are one item",
      [
        user("a"),
        { type: "event_msg", payload: { type: "agent_reasoning", text: "x" } },
        { type: "event_msg", payload: { type: "agent_reasoning", text: "y" } },
        { type: "event_msg", payload: { type: "agent_reasoning_raw_content", text: "z" } },
        agent("b"),
        { type: "event_msg", payload: { type: "agent_reasoning", text: "later" } },
      ],
      ["turn-1: userMessage(item-1) reasoning(item-2) agentMessage(item-3) reasoning(item-4) -> completed"],
    ],
    [
      "a fork, which holds its source's first line too",
      [{ ...meta, payload: { ...meta.payload, id: "SOURCE" } }, user("a")],
      ["turn-1: userMessage(item-1) -> completed"],
    ],
  ] as [string, RolloutItem[], string[]][])("gives %s", (_, stored, expected) => {
    const events = eventsFromRollout(lines(...stored));
    expect(told(events)).toEqual(expected);
    for (const [index, event] of events.entries()) expect(event).toMatchObject({ seq: index, threadId: "T" });
  });

  it("gives every item a beginning without its outcome, right before its end", () => {
    const stored = lines(user("a"), agent("b"), call("shell", { command: ["ls"] }), output("Exit code: 0\nOutput:\nx"));
    const items = eventsFromRollout(stored).filter(
      (event) => event.type === "item.started" || event.type === "item.ended",
    );
    expect(items.map(({ type, item }) => `${type} ${item.type}`)).toEqual([
      "item.started userMessage",
      "item.ended userMessage",
      "item.started agentMessage",
      "item.ended agentMessage",
      "item.started command",
      "item.ended command",
    ]);
    expect(items[2]).toMatchObject({ item: { text: "" } });
    expect(items[4]).toMatchObject({ item: { status: "inProgress", result: null } });
  });

  it("gives a message its images and marked ranges back", () => {
    const elements = [{ byte_range: { start: 0, end: 1 }, placeholder: "A" }];
    const stored: RolloutItem = {
      type: "event_msg",
      payload: { type: "user_message", message: "a", images: ["u"], local_images: ["/l"], text_elements: elements },
    };
    expect(eventsFromRollout(lines(stored))[1]).toMatchObject({
      item: {
        content: [
          { type: "text", text: "a", text_elements: elements },
          { type: "image", image_url: "u" },
          { type: "local_image", path: "/l" },
        ],
      },
    });
  });

  it("gives a message of images alone no empty text", () => {
    const stored: RolloutItem = { type: "event_msg", payload: { type: "user_message", message: " ", images: ["u"] } };
    expect(eventsFromRollout(lines(stored))[1]).toMatchObject({
      item: { content: [{ type: "image", image_url: "u" }] },
    });
  });

  it("gives usage, compaction and undo in their places", () => {
    const stored = lines(
      user("a"),
      { type: "event_msg", payload: { type: "token_count", info: null, rate_limits: null } },
      { type: "event_msg", payload: { type: "context_compacted" } },
      { type: "event_msg", payload: { type: "undo_completed", success: true } },
    );
    const others = eventsFromRollout(stored).slice(3, -1);
    expect(others).toMatchObject([
      { type: "usage", usage: null, rateLimits: null },
      { type: "notice", notice: { kind: "compacted" } },
      { type: "notice", notice: { kind: "undoCompleted", success: true, message: null } },
    ]);
  });

  it("gives the last message of a turn with its end", () => {
    expect(eventsFromRollout(lines(user("a"), agent("b"), agent("c"))).at(-1)).toMatchObject({ lastAgentMessage: "c" });
  });
});

describe("a stored call", () => {
  const context: RolloutItem = {
    type: "turn_context",
    payload: {
      cwd: "/other",
      approval_policy: "never",
      sandbox_policy: { type: "read-only" },
      model: "m",
      summary: "auto",
    },
  };

  it.each([
    ["shell", call("shell", { command: ["ls", "-l"] }), { argv: ["ls", "-l"], cwd: "/other" }],
    [
      "container.exec",
      call("container.exec", { command: ["ls"], workdir: "sub" }),
      { argv: ["ls"], cwd: "/other/sub" },
    ],
    [
      "shell_command",
      call("shell_command", { command: "ls | wc", workdir: "/abs" }),
      { argv: ["bash", "-lc", "ls | wc"], cwd: "/abs" },
    ],
    ["exec_command", call("exec_command", { cmd: "ls" }), { argv: ["bash", "-lc", "ls"], cwd: "/other" }],
    [
      "arguments that are no JSON",
      { type: "response_item", payload: { type: "function_call", name: "shell", arguments: "{", call_id: "c" } },
      { argv: [], cwd: "/other" },
    ],
    [
      "local_shell_call",
      {
        type: "response_item",
        payload: {
          type: "local_shell_call",
          call_id: "c",
          status: "completed",
          action: { type: "exec", command: ["ls"] },
        },
      },
      { argv: ["ls"], cwd: "/other" },
    ],
  ] as [string, RolloutItem, object][])("of %s is a command", (_, stored, expected) => {
    expect(endedItem(lines(user("a"), context, stored))).toMatchObject({
      item: { type: "command", id: "c", ...expected },
    });
  });

  it.each([
    [
      "Exit code: 0\nWall time: 0.2 seconds\nOutput:\nhi\n",
      { status: "completed", result: { exitCode: 0, aggregatedOutput: "hi\n", durationMs: 200 } },
    ],
    [
      "Exit code: 3\nWall time: 0 seconds\nTotal output lines: 9\nOutput:\nOutput:\nx",
      { status: "failed", result: { exitCode: 3, aggregatedOutput: "Output:\nx" } },
    ],
    [
      "Exit code: 124\nWall time: 1 seconds\nOutput:\ncommand timed out after 1000 milliseconds\n",
      { status: "failed", result: { exitCode: 124, timedOut: true } },
    ],
    [
      '{"output":"hi\\n","metadata":{"exit_code":2,"duration_seconds":0.1}}',
      { status: "failed", result: { exitCode: 2, aggregatedOutput: "hi\n", durationMs: 100 } },
    ],
    [
      "Chunk ID: 189b43\nWall time: 0.1908 seconds\nProcess exited with code 0\nOriginal token count: 1\nOutput:\nhi",
      { status: "completed", result: { aggregatedOutput: "hi", durationMs: 191 } },
    ],
    [
      "Chunk ID: 189b43\nWall time: 1.0 seconds\nProcess running with session ID 70570\nOriginal token count: 1\nOutput:\nhi",
      { status: "completed" },
    ],
    ["Wall time: 0.7 seconds\naborted by user", { status: "interrupted", result: { exitCode: -1, durationMs: 700 } }],
    ["aborted by user after 0.5s", { status: "interrupted", result: { durationMs: 500 } }],
    ["aborted", { status: "interrupted" }],
    ["exec command rejected by user", { status: "declined", result: { exitCode: -1 } }],
    [
      "failed to parse function arguments: x",
      { status: "failed", result: { exitCode: -1, aggregatedOutput: "failed to parse function arguments: x" } },
    ],
    ["{not json", { status: "failed" }],
  ])("with the output %j ended so", (text, expected) => {
    expect(endedItem(lines(user("a"), call("shell", { command: ["x"] }), output(text)))).toMatchObject({
      item: expected,
    });
  });

  const patch = `*** Begin Patch
*** Add File: new.txt
+one
+two
*** Delete File: old.txt
*** Update File: a.txt
*** Move to: b.txt
@@
-x
+y
*** End Patch`;

  it("of apply_patch is a file change by absolute paths", () => {
    const stored: RolloutItem = {
      type: "response_item",
      payload: { type: "custom_tool_call", call_id: "c", name: "apply_patch", input: patch },
    };
    const done: RolloutItem = {
      type: "response_item",
      payload: {
        type: "custom_tool_call_output",
        call_id: "c",
        output: "Exit code: 0\nWall time: 0 seconds\nOutput:\nSuccess.",
      },
    };
    expect(endedItem(lines(user("a"), stored, done))).toMatchObject({
      item: {
        type: "fileChange",
        status: "completed",
        stdout: "Success.",
        changes: {
          "/proj/new.txt": { type: "add", content: "one\ntwo\n" },
          "/proj/old.txt": { type: "delete", content: "" },
          "/proj/a.txt": { type: "update", unified_diff: "@@\n-x\n+y", move_path: "b.txt" },
        },
      },
    });
  });

  it("that was rejected was declined", () => {
    const stored = lines(user("a"), call("apply_patch", { input: patch }), output("patch rejected by user"));
    expect(endedItem(stored)).toMatchObject({ item: { status: "declined", stderr: "patch rejected by user" } });
  });

  it("of an MCP tool has its server, tool and answer", () => {
    const stored = lines(user("a"), call("mcp__docs__read_page", { a: 1 }), output("text"));
    expect(endedItem(stored)).toMatchObject({
      item: {
        type: "mcpCall",
        invocation: { server: "docs", tool: "read_page", arguments: { a: 1 } },
        status: "completed",
        result: { content: [{ type: "text", text: "text" }] },
      },
    });
  });

  it("of an MCP tool without answer was interrupted", () => {
    const stored = lines(user("a"), call("mcp__docs__read", {}), output("aborted by user after 0.5s"));
    expect(endedItem(stored)).toMatchObject({ item: { status: "interrupted" } });
  });

  it("of view_image is an image", () => {
    expect(endedItem(lines(user("a"), call("view_image", { path: "p.png" })))).toMatchObject({
      item: { type: "imageView", path: "/proj/p.png" },
    });
  });

  it("of update_plan is a plan, and no item", () => {
    const plan = [{ step: "a", status: "pending" }];
    const events = eventsFromRollout(lines(user("a"), call("update_plan", { plan })));
    expect(events[3]).toMatchObject({ type: "turn.plan", plan: { explanation: null, plan } });
    expect(told(events)).toEqual(["turn-1: userMessage(item-1) -> completed"]);
  });

  it.each([{ plan: "x" }, { plan: [{ step: 1, status: "pending" }] }, { plan: [{ step: "a", status: "odd" }] }])(
    "of update_plan with %j is nothing",
    (args) => {
      const events = eventsFromRollout(lines(user("a"), call("update_plan", args)));
      expect(events.some(({ type }) => type === "turn.plan")).toBe(false);
    },
  );

  it.each([
    [{ type: "search", query: "cats" }, "cats"],
    [{ type: "open_page", url: "https://x" }, "https://x"],
    [{ type: "find_in_page", url: "https://x", pattern: "y" }, "'y' in https://x"],
    [{ type: "find_in_page", pattern: "y" }, "'y'"],
    [undefined, ""],
  ] as const)("of a search with %j is shown as %j", (action, query) => {
    const stored: RolloutItem = {
      type: "response_item",
      payload: { type: "web_search_call", ...(action === undefined ? {} : { action }) },
    };
    expect(endedItem(lines(user("a"), stored))).toMatchObject({ item: { type: "webSearch", query } });
  });

  it.each(["list_dir", "mcp__odd", "write_stdin"])("of %s is no item", (name) => {
    expect(endedItem(lines(user("a"), call(name, {})))).toBeUndefined();
  });
});

it("reads the lines of a real file of the original", () => {
  const texts = [
    '{"timestamp":"2026-11-20T16:57:34.177Z","type":"session_meta","payload":{"id":"T","timestamp":"2026-11-20T16:57:34.166Z","cwd":"/proj","originator":"drv","cli_version":"0.92.0","source":"vscode","model_provider":"mock","base_instructions":{"text":"be good"},"git":{"commit_hash":"cc6a1a92fe31bcf2c3aab4fdda08a765f1ec85dc","branch":"master","repository_url":"https://example.com/r.git"}}}',
    '{"timestamp":"2026-11-20T16:57:34.200Z","type":"turn_context","payload":{"cwd":"/proj","approval_policy":"never","sandbox_policy":{"type":"workspace-write","writable_roots":["/x"],"network_access":true,"exclude_tmpdir_env_var":false,"exclude_slash_tmp":false},"model":"gpt-5.1-codex","personality":"friendly","collaboration_mode":{"mode":"custom","settings":{"model":"gpt-5.1-codex","reasoning_effort":"low","developer_instructions":null}},"effort":"low","summary":"concise","user_instructions":"u","final_output_json_schema":{"type":"object"},"truncation_policy":{"mode":"tokens","limit":10000}}}',
    '{"timestamp":"2026-11-20T16:57:34.300Z","type":"event_msg","payload":{"type":"user_message","message":"HELLO","images":[],"local_images":[],"text_elements":[]}}',
    '{"timestamp":"2026-11-20T16:57:34.400Z","type":"event_msg","payload":{"type":"token_count","info":null,"rate_limits":{"primary":null,"secondary":null,"credits":null,"plan_type":null}}}',
    '{"timestamp":"2026-11-20T16:57:34.500Z","type":"event_msg","payload":{"type":"agent_reasoning","text":"Thinking **hard**"}}',
    '{"timestamp":"2026-11-20T16:57:34.510Z","type":"response_item","payload":{"type":"reasoning","summary":[{"type":"summary_text","text":"Thinking **hard**"}],"content":null,"encrypted_content":"gAAA"}}',
    '{"timestamp":"2026-11-20T16:57:34.600Z","type":"event_msg","payload":{"type":"agent_message","message":"Hello from the mock."}}',
    '{"timestamp":"2026-11-20T16:57:34.700Z","type":"response_item","payload":{"type":"ghost_snapshot","ghost_commit":{"id":"625793ab","parent":"cc6a1a92","preexisting_untracked_files":["approved.txt"],"preexisting_untracked_dirs":[]}}}',
    '{"timestamp":"2026-11-20T16:57:34.800Z","type":"compacted","payload":{"message":"summary"}}',
    '{"timestamp":"2026-11-20T16:57:34.900Z","type":"event_msg","payload":{"type":"entered_review_mode","target":{"type":"uncommittedChanges"},"user_facing_hint":"current changes"}}',
  ];
  const stored = texts.map((text) => parseRolloutLine(JSON.parse(text)));
  // reading changes nothing: what was read is written as it was
  expect(stored.map((line) => JSON.stringify(line))).toEqual(texts);
  expect(told(eventsFromRollout(stored))).toEqual([
    "turn-1: userMessage(item-1) reasoning(item-2) agentMessage(item-3) -> completed",
    "turn-2: review(item-4) -> interrupted",
  ]);
});
