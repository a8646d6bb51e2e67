import { describe, expect, it } from "vitest";
import type { EventMsg, ResponseItem, RolloutItem } from "@codex-ts/protocol";
import { rebuildTurns } from "../src/index.js";
import { asked, event, item, message, meta, rolledBack, said } from "./session-lines.js";

const rules = {
  commandActions: (argv: readonly string[]) => [{ type: "unknown" as const, cmd: argv.join(" ") }],
  patchChanges: (patch: string, cwd: string) => ({ [`${cwd}/${patch}`]: { type: "add" as const, content: "" } }),
};
const turnsOf = (...lines: RolloutItem[]) => rebuildTurns([{ type: "session_meta", payload: meta() }, ...lines], rules);
const outline = (...lines: RolloutItem[]) =>
  turnsOf(...lines).map(
    (turn) => `${turn.id} ${turn.status}: ${turn.items.map((found) => `${found.id} ${label(found)}`).join(", ")}`,
  );

function label(found: ReturnType<typeof turnsOf>[number]["items"][number]): string {
  if (found.type === "userMessage")
    return `user(${found.content.map((part) => ("text" in part ? part.text : part.type)).join("+")})`;
  if (found.type === "agentMessage") return `agent(${found.text})`;
  if (found.type === "reasoning") return `reasoning(${found.summary.join("+")}|${found.raw.join("+")})`;
  return "status" in found ? `${found.type} ${found.status}` : found.type;
}

const started = event({ type: "task_started" });
const complete = event({ type: "task_complete", last_agent_message: null });
const aborted = event({ type: "turn_aborted", reason: "interrupted" });
const failed = event({ type: "error", message: "quota", codex_error_info: "usage_limit_exceeded" });
const thought = (text: string) => event({ type: "agent_reasoning", text });
const raw = (text: string) => event({ type: "agent_reasoning_raw_content", text });
const call = (name: string, args: unknown, call_id = "c"): RolloutItem =>
  item({ type: "function_call", name, arguments: typeof args === "string" ? args : JSON.stringify(args), call_id });
const output = (text: string, call_id = "c"): RolloutItem =>
  item({ type: "function_call_output", call_id, output: text });

/** A review in the order in which core stores it. */
const review = (words: string): RolloutItem[] => [
  event({ type: "entered_review_mode", target: { type: "custom", instructions: words }, user_facing_hint: words }),
  started,
  asked(words),
  event({
    type: "exited_review_mode",
    review_output: {
      findings: [],
      overall_correctness: "ok",
      overall_explanation: "fine",
      overall_confidence_score: 1,
    },
  }),
  said("fine"),
  item(message("user", "<user_action>\n  <action>review</action>\n</user_action>")),
  item(message("assistant", "fine")),
  complete,
];

describe("turns of a file of the original", () => {
  it.each<[string, RolloutItem[], string[]]>([
    [
      "begin with each message",
      [asked("a"), said("x"), asked("b"), said("y")],
      ["turn-1 completed: item-1 user(a), item-2 agent(x)", "turn-2 completed: item-3 user(b), item-4 agent(y)"],
    ],
    ["begin by themselves when the agent speaks first", [said("x")], ["turn-1 completed: item-1 agent(x)"]],
    [
      "hold no empty texts and are dropped when empty",
      [asked("  "), said(""), thought(""), asked("b")],
      ["turn-1 completed: item-1 user()", "turn-2 completed: item-2 user(b)"],
    ],
    [
      "join reasoning that follows reasoning",
      [asked("a"), thought("1"), thought("2"), raw("r"), said("x"), thought("3")],
      ["turn-1 completed: item-1 user(a), item-2 reasoning(1+2|r), item-3 agent(x), item-4 reasoning(3|)"],
    ],
    [
      "are interrupted",
      [asked("a"), aborted, asked("b")],
      ["turn-1 interrupted: item-1 user(a)", "turn-2 completed: item-2 user(b)"],
    ],
    ["are not interrupted before there is one", [aborted, asked("b")], ["turn-1 completed: item-1 user(b)"]],
    [
      "are rolled back, and later ones count on from there",
      [asked("a"), asked("b"), rolledBack(1), asked("c")],
      ["turn-1 completed: item-1 user(a)", "turn-2 completed: item-2 user(c)"],
    ],
    [
      "are all rolled back when there are fewer",
      [asked("a"), said("x"), rolledBack(7), said("y")],
      ["turn-1 completed: item-1 agent(y)"],
    ],
    [
      "show the prompt of a review once",
      [
        event({ type: "entered_review_mode", target: { type: "uncommittedChanges" } }),
        asked("review"),
        asked("review"),
        event({ type: "exited_review_mode", review_output: null }),
        said("done"),
      ],
      ["turn-1 completed: item-1 review interrupted, item-2 user(review), item-3 agent(done)"],
    ],
  ])("%s", (_name, lines, expected) => {
    expect(outline(...lines)).toEqual(expected);
  });

  it("show text elements and images of a message", () => {
    const text_elements = [{ byte_range: { start: 0, end: 1 }, placeholder: "p" }];
    const lines = event({
      type: "user_message",
      message: "m",
      images: ["data:x"],
      local_images: ["/i.png"],
      text_elements,
    });
    expect(turnsOf(lines)[0]?.items).toEqual([
      {
        type: "userMessage",
        id: "item-1",
        content: [
          { type: "text", text: "m", text_elements },
          { type: "image", image_url: "data:x" },
          { type: "local_image", path: "/i.png" },
        ],
      },
    ]);
  });
});

describe("turns of our own files", () => {
  it.each<[string, RolloutItem[], string[]]>([
    [
      "keep a steering message in its turn",
      [started, asked("a"), said("x"), asked("b"), complete, asked("c")],
      ["turn-1 completed: item-1 user(a), item-2 agent(x), item-3 user(b)", "turn-2 completed: item-4 user(c)"],
    ],
    [
      "do not take in a turn of the original that got no answer",
      [asked("a"), started, asked("b"), said("x"), complete],
      ["turn-1 completed: item-1 user(a)", "turn-2 completed: item-2 user(b), item-3 agent(x)"],
    ],
    [
      "do not take in a review of the original that was killed",
      [...review("look").slice(0, 1), asked("look"), asked("look"), started, asked("b"), complete],
      ["turn-1 completed: item-1 review interrupted, item-2 user(look)", "turn-2 completed: item-3 user(b)"],
    ],
    [
      "begin anew after one of ours that was only asked",
      [started, asked("a"), started, asked("b"), complete],
      ["turn-1 completed: item-1 user(a)", "turn-2 completed: item-2 user(b)"],
    ],
    [
      "have failed when an error ended them",
      [started, asked("a"), failed, complete],
      ["turn-1 failed: item-1 user(a)"],
    ],
    [
      "have not failed when work went on after an error",
      [started, asked("a"), failed, said("x"), complete],
      ["turn-1 completed: item-1 user(a), item-2 agent(x)"],
    ],
    [
      "have not failed by an error between turns",
      [started, asked("a"), complete, failed],
      ["turn-1 completed: item-1 user(a)"],
    ],
    [
      "without anything in them are not shown",
      [started, complete, started, asked("a"), complete],
      ["turn-1 completed: item-1 user(a)"],
    ],
    [
      "hold a review whole: its beginning is stored before the turn's",
      [asked("a"), said("x"), complete, ...review("look")],
      [
        "turn-1 completed: item-1 user(a), item-2 agent(x)",
        "turn-2 completed: item-3 review completed, item-4 user(look), item-5 agent(fine)",
      ],
    ],
    [
      "lose a review whole when rolled back",
      [asked("a"), said("x"), complete, ...review("look"), rolledBack(1)],
      ["turn-1 completed: item-1 user(a), item-2 agent(x)"],
    ],
    [
      "lose a steering message first when rolled back",
      [started, asked("a"), said("x"), asked("b"), said("y"), complete, rolledBack(1)],
      ["turn-1 completed: item-1 user(a), item-2 agent(x)"],
    ],
  ])("%s", (_name, lines, expected) => {
    expect(outline(...lines)).toEqual(expected);
  });

  it("carry the error", () => {
    expect(turnsOf(started, asked("a"), failed, complete)[0]?.error).toEqual({
      message: "quota",
      info: "usage_limit_exceeded",
      additionalDetails: null,
    });
  });

  const facts = { call_id: "c", turn_id: "0", command: ["bash", "-lc", "ls"], cwd: "/w", parsed_cmd: [] };
  const ended = (exit_code: number, aggregated_output = "out"): EventMsg => ({
    type: "exec_command_end",
    ...facts,
    stdout: "",
    stderr: "",
    aggregated_output,
    formatted_output: "",
    exit_code,
    duration: { secs: 1, nanos: 500_000_000 },
  });

  it.each<[string, EventMsg, string]>([
    ["a command", ended(0), "command completed"],
    ["a command that failed", ended(3), "command failed"],
    ["a command that was declined", ended(-1, "exec command rejected by user"), "command declined"],
    ["a command that was cut short", ended(-1, "command aborted by user"), "command interrupted"],
    [
      "a patch",
      { type: "patch_apply_end", call_id: "c", success: true, stdout: "", stderr: "", changes: {} },
      "fileChange completed",
    ],
    [
      "a patch that was declined",
      { type: "patch_apply_end", call_id: "c", success: false, stdout: "", stderr: "patch rejected by user" },
      "fileChange declined",
    ],
    [
      "an MCP call",
      {
        type: "mcp_tool_call_end",
        call_id: "c",
        invocation: { server: "s", tool: "t" },
        duration: { secs: 0, nanos: 0 },
        result: { Ok: { content: [] } },
      },
      "mcpCall completed",
    ],
    [
      "an MCP call that failed",
      {
        type: "mcp_tool_call_end",
        call_id: "c",
        invocation: { server: "s", tool: "t" },
        duration: { secs: 0, nanos: 0 },
        result: { Err: "no" },
      },
      "mcpCall failed",
    ],
    [
      "a spawned agent",
      {
        type: "collab_agent_spawn_end",
        call_id: "c",
        sender_thread_id: "s",
        new_thread_id: "n",
        prompt: "p",
        status: "running",
      },
      "subAgent completed",
    ],
    [
      "an agent that could not be spawned",
      { type: "collab_agent_spawn_end", call_id: "c", sender_thread_id: "s", prompt: "p", status: "not_found" },
      "subAgent failed",
    ],
    [
      "a wait",
      { type: "collab_waiting_end", call_id: "c", sender_thread_id: "s", statuses: { n: { errored: "x" } } },
      "subAgent failed",
    ],
  ])("show %s where its call stands, once", (_name, end, expected) => {
    const lines = [
      asked("a"),
      call("shell", { command: ["ls"] }),
      said("meanwhile"),
      event(end),
      output("Exit code: 9\nWall time: 1 seconds\nOutput:\n"),
    ];
    expect(outline(...lines)).toEqual([
      `turn-1 completed: item-1 user(a), item-2 ${expected}, item-3 agent(meanwhile)`,
    ]);
  });

  it("tell how long a command took and what it printed", () => {
    expect(turnsOf(event(ended(0)))[0]?.items[0]).toMatchObject({
      result: { durationMs: 1500, aggregatedOutput: "out", exitCode: 0 },
    });
  });
});

describe("calls without end events", () => {
  const ok = "Exit code: 0\nWall time: 0.2 seconds\nOutput:\nhi\n";
  it.each<[string, RolloutItem, string, object]>([
    [
      "shell",
      call("shell", { command: ["ls"], workdir: "sub" }),
      ok,
      {
        type: "command",
        argv: ["ls"],
        cwd: "/proj/sub",
        status: "completed",
        result: { exitCode: 0, aggregatedOutput: "hi\n", durationMs: 200 },
      },
    ],
    [
      "shell, older form",
      call("shell", { command: ["ls"] }),
      JSON.stringify({ output: "hi", metadata: { exit_code: 2, duration_seconds: 1.5 } }),
      { status: "failed", cwd: "/proj", result: { exitCode: 2, aggregatedOutput: "hi", durationMs: 1500 } },
    ],
    [
      "shell_command",
      call("shell_command", { command: "ls -l" }),
      ok,
      { argv: ["bash", "-lc", "ls -l"], status: "completed" },
    ],
    [
      "exec_command",
      call("exec_command", { cmd: "ls", shell: "/bin/zsh" }),
      "Chunk ID: a1b2c3\nWall time: 0.1908 seconds\nProcess exited with code 1\nOriginal token count: 3\nOutput:\nno\n",
      {
        argv: ["/bin/zsh", "-lc", "ls"],
        source: "unified_exec_startup",
        status: "failed",
        result: { exitCode: 1, aggregatedOutput: "no\n" },
      },
    ],
    ["a declined command", call("shell", { command: ["rm"] }), "exec command rejected by user", { status: "declined" }],
    [
      "an interrupted command",
      call("shell", { command: ["rm"] }),
      "Wall time: 0.1 seconds\naborted by user",
      { status: "interrupted" },
    ],
    [
      "an interrupted call",
      call("mcp__s__t", {}),
      "aborted by user after 0.1s",
      { type: "mcpCall", status: "interrupted" },
    ],
    [
      "a command that prints what an interrupted one would say",
      call("shell", { command: ["git", "push"] }),
      "Exit code: 1\nWall time: 0.1 seconds\nOutput:\naborted by user hook",
      { status: "failed" },
    ],
    [
      "a command that prints what a declined one would say",
      call("shell", { command: ["make"] }),
      JSON.stringify({ output: "rejected by user", metadata: { exit_code: 1, duration_seconds: 1 } }),
      { status: "failed" },
    ],
    [
      "a declined session",
      call("exec_command", { cmd: "rm x" }),
      'exec_command failed: CreateProcess { message: "Rejected(\\"rejected by user\\")" }',
      { status: "declined" },
    ],
    [
      "a patch outside of the project",
      call("apply_patch", { input: "p" }),
      "patch rejected: writing outside of the project; rejected by user approval settings",
      { status: "declined" },
    ],
    [
      "an MCP tool that says that it aborted",
      call("mcp__s__t", {}),
      "aborted: nothing to do",
      { type: "mcpCall", status: "completed" },
    ],
    [
      "apply_patch",
      call("apply_patch", { input: "p" }),
      ok,
      { type: "fileChange", changes: { "/proj/p": { type: "add" } }, status: "completed" },
    ],
    [
      "a patch that failed",
      call("apply_patch", { input: "p" }),
      "Exit code: 1\nWall time: 0 seconds\nOutput:\nno",
      { status: "failed" },
    ],
    ["a declined patch", call("apply_patch", { input: "p" }), "patch rejected by user", { status: "declined" }],
    [
      "an MCP tool",
      call("mcp__srv__do__it", { a: 1 }),
      "done",
      {
        type: "mcpCall",
        invocation: { server: "srv", tool: "do__it", arguments: { a: 1 } },
        status: "completed",
        result: { content: [{ type: "text", text: "done" }] },
      },
    ],
    ["view_image", call("view_image", { path: "a.png" }), "ok", { type: "imageView", path: "/proj/a.png" }],
  ])("%s", (_name, line, text, expected) => {
    expect(turnsOf(asked("a"), line, output(text))[0]?.items[1]).toMatchObject(expected);
  });

  it.each<[string, ResponseItem, object]>([
    [
      "a freeform patch",
      { type: "custom_tool_call", call_id: "c", name: "apply_patch", input: "p" },
      { type: "fileChange", status: "interrupted" },
    ],
    [
      "a built-in shell call",
      {
        type: "local_shell_call",
        call_id: "c",
        status: "completed",
        action: { type: "exec", command: ["ls"], working_directory: "/w" },
      },
      { type: "command", cwd: "/w", status: "interrupted" },
    ],
    [
      "a search",
      { type: "web_search_call", action: { type: "find_in_page", url: "u", pattern: "p" } },
      { type: "webSearch", query: "'p' in u" },
    ],
    [
      "a search in a page without address",
      { type: "web_search_call", action: { type: "find_in_page", pattern: "p" } },
      { type: "webSearch", query: "'p'" },
    ],
  ])("%s", (_name, payload, expected) => {
    expect(turnsOf(asked("a"), item(payload))[0]?.items[1]).toMatchObject(expected);
  });

  it.each([
    ["a tool nobody shows", call("update_plan", {})],
    ["arguments that are no JSON", call("shell", "{")],
    ["arguments of other types", call("shell", { command: "ls" })],
    ["an output without call", output("x", "other")],
    ["a plain message", item(message("assistant", "x"))],
  ])("shows nothing for %s", (_name, line) => {
    expect(outline(asked("a"), line)).toEqual(["turn-1 completed: item-1 user(a)"]);
  });

  it("follows the folder of the turn", () => {
    const context: RolloutItem = {
      type: "turn_context",
      payload: {
        cwd: "/later",
        approval_policy: "never",
        sandbox_policy: { type: "read-only" },
        model: "m",
        summary: "auto",
      },
    };
    expect(turnsOf(context, call("shell", { command: ["ls"] }))[0]?.items[0]).toMatchObject({ cwd: "/later" });
  });
});
