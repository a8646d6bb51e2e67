import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ResponseItem, RolloutItem } from "@codex-ts/protocol";
import {
  dropLastUserTurns,
  isUserTurn,
  itemsBeforeUserMessage,
  lastTokenInfo,
  lastTurnContext,
  persistedForm,
  rebuildHistory,
} from "../src/index.js";
import { event, item, message, meta, rolledBack, said } from "./session-lines.js";

const user = (text: string) => message("user", text);
const bot = (text: string) => message("assistant", text);
const context = (model: string): RolloutItem => ({
  type: "turn_context",
  payload: { cwd: "/", approval_policy: "never", sandbox_policy: { type: "read-only" }, model, summary: "auto" },
});
const rules = {
  truncate: (found: ResponseItem) => found,
  compacted: (history: readonly ResponseItem[], line: { message: string }) => [
    user("<environment_context>fresh"),
    ...history.filter(isUserTurn),
    user(line.message),
  ],
};
const texts = (items: readonly ResponseItem[]) =>
  items.map((found) =>
    found.type === "message"
      ? found.content.map((part) => ("text" in part ? part.text : "image")).join("|")
      : found.type,
  );

describe("what counts as a message of a person", () => {
  it.each<[boolean, string]>([
    [true, "fix the tests"],
    [true, "see <environment_context> there"],
    [true, " # AGENTS.md instructions for /x"],
    [false, "# AGENTS.md instructions for /x\n\n<INSTRUCTIONS>"],
    [false, "<user_instructions>old</user_instructions>"],
    [false, "<skill>\n<name>x"],
    [false, "<environment_context>\n  <cwd>/"],
    [false, "  \n<ENVIRONMENT_CONTEXT>"],
    [false, "<turn_aborted>\n"],
    [false, "<user_shell_command>\n"],
    [false, "Warning: apply_patch was requested via shell. Use the apply_patch tool instead of exec_command."],
    [false, "Warning: Session 1000 (`sleep 9`) was ended, because no more than 64 can be open at a time"],
    [true, "Warning: the tests fail"],
  ])("%s: %s", (expected, text) => {
    expect(isUserTurn(user(text))).toBe(expected);
  });

  it("looks at every part for markers, but at a lone part only for instructions", () => {
    const parts = (...given: string[]): ResponseItem => ({
      type: "message",
      role: "user",
      content: given.map((text) => ({ type: "input_text", text })),
    });
    expect(isUserTurn(parts("look", "<turn_aborted>"))).toBe(false);
    expect(isUserTurn(parts("look", "<skill"))).toBe(true);
    expect(isUserTurn(bot("hello"))).toBe(false);
  });

  it("knows a person's image, which stands between two texts, from one that a tool looked at", () => {
    const image = { type: "input_image" as const, image_url: "data:" };
    const around = (text: string) => ({ type: "input_text" as const, text });
    expect(isUserTurn({ type: "message", role: "user", content: [image] })).toBe(false);
    expect(isUserTurn({ type: "message", role: "user", content: [around("<image>"), image, around("</image>")] })).toBe(
      true,
    );
  });
});

describe("rebuilding the conversation", () => {
  it.each<[string, RolloutItem[], string[]]>([
    ["keeps items in order and nothing else", [item(user("a")), said("b"), item(bot("b"))], ["a", "b"]],
    [
      "takes a stored replacement as it is",
      [
        item(user("a")),
        { type: "compacted", payload: { message: "", replacement_history: [user("z")] } },
        item(bot("b")),
      ],
      ["z", "b"],
    ],
    [
      "builds a compaction that stored only its summary",
      [item(user("a")), item(bot("b")), { type: "compacted", payload: { message: "sum" } }, item(user("c"))],
      ["<environment_context>fresh", "a", "sum", "c"],
    ],
    [
      "cuts before the last user turn",
      [item(user("a")), item(bot("b")), item(user("c")), item(bot("d")), rolledBack(1)],
      ["a", "b"],
    ],
    ["cuts several turns at once", [item(user("a")), item(user("b")), item(user("c")), rolledBack(2)], ["a"]],
    [
      "cuts from the first user turn when there are fewer",
      [item(user("<environment_context>")), item(user("a")), rolledBack(9)],
      ["<environment_context>"],
    ],
    [
      "cuts nothing without a user turn",
      [item(user("<environment_context>")), item(bot("x")), rolledBack(1)],
      ["<environment_context>", "x"],
    ],
    [
      "does not count a summary as a turn",
      [item(user("a")), { type: "compacted", payload: { message: "sum" } }, item(bot("b")), rolledBack(1)],
      ["<environment_context>fresh"],
    ],
    ["goes on after a cut", [item(user("a")), rolledBack(1), item(user("b"))], ["b"]],
    ["ignores a rollback of nothing", [item(user("a")), rolledBack(0)], ["a"]],
    [
      "leaves a call without outcome to others",
      [item(user("a")), item({ type: "function_call", name: "shell", arguments: "{}", call_id: "1" })],
      ["a", "function_call"],
    ],
  ])("%s", (_name, lines, expected) => {
    const { items } = rebuildHistory([{ type: "session_meta", payload: meta() }, ...lines], rules);
    expect(texts(items)).toEqual(expected);
  });

  it("knows the settings of which the conversation still tells", () => {
    const models = (lines: RolloutItem[]): string[] =>
      rebuildHistory(lines, rules).contexts.map(({ line }) => line.model);
    const turns = [item(user("a")), context("x"), context("x"), item(user("b")), context("y"), item(user("c"))];
    expect(models(turns)).toEqual(["x", "y"]);
    expect(models([...turns, rolledBack(1)])).toEqual(["x", "y"]);
    expect(models([...turns, rolledBack(2)])).toEqual(["x", "y"]);
    expect(models([...turns, rolledBack(3)])).toEqual(["x"]);
    expect(models([...turns, { type: "compacted", payload: { message: "sum" } }, rolledBack(9)])).toEqual(["y"]);
  });

  it("cuts outputs by the rule it is given", () => {
    const truncate = (found: ResponseItem): ResponseItem =>
      found.type === "function_call_output" ? { ...found, output: "cut" } : found;
    const lines = [item({ type: "function_call_output", call_id: "1", output: "long" })];
    expect(rebuildHistory(lines, { ...rules, truncate }).items).toEqual([
      { type: "function_call_output", call_id: "1", output: "cut" },
    ]);
  });

  it("drops exactly n user turns, or all, and never touches what stands before them", () => {
    const history = fc.array(
      fc.constantFrom(user("u"), bot("b"), user("<turn_aborted>"), user("<environment_context>")),
    );
    fc.assert(
      fc.property(history, fc.nat(6), (items, n) => {
        const kept = dropLastUserTurns(items, n);
        const turns = items.filter(isUserTurn).length;
        expect(kept).toEqual(items.slice(0, kept.length));
        expect(kept.filter(isUserTurn)).toHaveLength(Math.max(0, turns - n));
        const first = items[kept.length];
        expect(first === undefined || isUserTurn(first)).toBe(true);
      }),
      { seed: 7 },
    );
  });
});

describe("the lines a fork keeps", () => {
  const lines = [item(user("<environment_context>")), item(user("a")), said("x"), item(user("b")), item(user("c"))];
  it.each<[number, number | null]>([
    [0, 1],
    [1, 3],
    [2, 4],
    [3, null],
  ])("before message %i are %s", (n, count) => {
    expect(itemsBeforeUserMessage(lines, n)?.length ?? null).toBe(count);
  });

  it("are counted after rollbacks", () => {
    const rolled = [...lines, rolledBack(2), item(user("d"))];
    expect(itemsBeforeUserMessage(rolled, 1)?.length).toBe(6);
    expect(itemsBeforeUserMessage(rolled, 2)).toBeNull();
  });
});

describe("what a resumed thread starts from", () => {
  const usage = {
    input_tokens: 1,
    cached_input_tokens: 0,
    output_tokens: 1,
    reasoning_output_tokens: 0,
    total_tokens: 2,
  };
  it("is the last usage that was known", () => {
    const info = { total_token_usage: usage, last_token_usage: usage, model_context_window: 10 };
    expect(lastTokenInfo([event({ type: "token_count", info }), event({ type: "token_count", info: null })])).toEqual(
      info,
    );
    expect(lastTokenInfo([said("x")])).toBeNull();
  });

  it("is the last request's settings", () => {
    expect(lastTurnContext([context("a"), context("b"), said("x")])?.model).toBe("b");
    expect(lastTurnContext([])).toBeNull();
  });
});

describe("what is stored", () => {
  it.each(["agent_message_delta", "warning", "turn_diff", "exec_command_begin", "plan_update", "background_event"])(
    "an event %s is not",
    (type) => {
      // The policy looks at the type alone.
      expect(persistedForm(event(JSON.parse(JSON.stringify({ type }))))).toBeNull();
    },
  );

  it.each([
    "user_message",
    "agent_message",
    "agent_reasoning",
    "agent_reasoning_raw_content",
    "token_count",
    "context_compacted",
    "entered_review_mode",
    "exited_review_mode",
    "thread_rolled_back",
    "undo_completed",
    "turn_aborted",
    "error",
    "task_started",
    "patch_apply_end",
    "mcp_tool_call_end",
  ])("an event %s is, as it is", (type) => {
    const line = event(JSON.parse(JSON.stringify({ type, x: 1 })));
    expect(persistedForm(line)).toEqual(line);
  });

  it("ids of items are not, and unknown items are not", () => {
    expect(persistedForm(item({ type: "reasoning", id: "rs_1", summary: [] }))).toEqual(
      item({ type: "reasoning", summary: [], content: null, encrypted_content: null }),
    );
    expect(persistedForm(item({ type: "other" }))).toBeNull();
  });

  it("the end of a command is, with a short output; the end of a turn without its message", () => {
    const end = event({
      type: "exec_command_end",
      call_id: "1",
      turn_id: "0",
      command: ["ls"],
      cwd: "/",
      parsed_cmd: [],
      stdout: "x".repeat(9000),
      stderr: "",
      aggregated_output: `a${"x".repeat(9000)}z`,
      formatted_output: "x".repeat(9000),
      exit_code: 0,
      duration: { secs: 0, nanos: 0 },
    });
    const stored = persistedForm(end);
    expect(JSON.stringify(stored).length).toBeLessThan(4500);
    expect(stored?.payload).toMatchObject({
      aggregated_output: expect.stringMatching(/^ax+\n\[\.\.\.\]\nx+z$/),
      stdout: "",
    });
    expect(persistedForm(event({ type: "task_complete", last_agent_message: "long" }))).toEqual(
      event({ type: "task_complete", last_agent_message: null }),
    );
  });
});
