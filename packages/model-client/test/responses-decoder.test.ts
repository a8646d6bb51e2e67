import { describe, expect, it } from "vitest";
import type { ModelError, ModelEvent } from "../src/index.js";
import { ResponsesDecoder } from "../src/responses/decoder.js";

interface Outcome {
  events: ModelEvent[];
  state?: string;
  error?: ModelError;
}

function read(...data: unknown[]): Outcome {
  const decoder = new ResponsesDecoder();
  const events: ModelEvent[] = [];
  let state = "open";
  try {
    for (const entry of data) state = decoder.read(typeof entry === "string" ? entry : JSON.stringify(entry), events);
    return { events, state };
  } catch (error) {
    return { events, error: error as ModelError };
  }
}

const delta = (fields: object): object => ({ type: "response.output_text.delta", ...fields });
const item = (fields: object): object => ({ type: "response.output_item.done", item: fields });
const usage0 = {
  input_tokens: 0,
  cached_input_tokens: 0,
  output_tokens: 0,
  reasoning_output_tokens: 0,
  total_tokens: 0,
};

describe("events of the Responses API", () => {
  const table: { what: string; data: unknown; events: ModelEvent[] }[] = [
    {
      what: "created",
      data: { type: "response.created", response: { id: "r1" } },
      events: [{ type: "created", responseId: "r1" }],
    },
    {
      what: "text",
      data: delta({ delta: "a", item_id: "m" }),
      events: [{ type: "textDelta", itemId: "m", delta: "a" }],
    },
    {
      what: "text without item id",
      data: delta({ delta: "a" }),
      events: [{ type: "textDelta", itemId: null, delta: "a" }],
    },
    { what: "text without delta", data: delta({ item_id: "m" }), events: [] },
    { what: "text of a wrong type", data: delta({ delta: 5 }), events: [] },
    {
      what: "summary part",
      data: { type: "response.reasoning_summary_part.added", item_id: "rs", summary_index: 1 },
      events: [{ type: "reasoningSectionAdded", itemId: "rs", summaryIndex: 1 }],
    },
    {
      what: "summary text",
      data: { type: "response.reasoning_summary_text.delta", item_id: "rs", summary_index: 0, delta: "**T**" },
      events: [{ type: "reasoningSummaryDelta", itemId: "rs", summaryIndex: 0, delta: "**T**" }],
    },
    {
      what: "summary text without its index",
      data: { type: "response.reasoning_summary_text.delta", delta: "**T**" },
      events: [],
    },
    {
      what: "raw reasoning",
      data: { type: "response.reasoning_text.delta", item_id: "rs", content_index: 2, delta: "raw" },
      events: [{ type: "reasoningRawDelta", itemId: "rs", contentIndex: 2, delta: "raw" }],
    },
    {
      what: "raw reasoning without its index",
      data: { type: "response.reasoning_text.delta", delta: "raw" },
      events: [],
    },
    {
      what: "item added",
      data: { type: "response.output_item.added", item: { type: "message", role: "assistant", id: "m", content: [] } },
      events: [{ type: "itemAdded", item: { type: "message", role: "assistant", content: [], id: "m" } }],
    },
    {
      what: "message",
      data: item({
        type: "message",
        role: "assistant",
        content: [{ type: "output_text", text: "hi", annotations: [] }],
      }),
      events: [
        {
          type: "itemDone",
          item: { type: "message", role: "assistant", content: [{ type: "output_text", text: "hi" }] },
        },
      ],
    },
    {
      what: "a refusal is text",
      data: item({ type: "message", role: "assistant", content: [{ type: "refusal", refusal: "no" }, { type: "x" }] }),
      events: [
        {
          type: "itemDone",
          item: { type: "message", role: "assistant", content: [{ type: "output_text", text: "no" }] },
        },
      ],
    },
    {
      what: "reasoning",
      data: item({
        type: "reasoning",
        id: "rs_1",
        summary: [{ type: "summary_text", text: "s" }],
        content: [{ type: "reasoning_text", text: "raw" }],
        encrypted_content: "ENC",
      }),
      events: [
        {
          type: "itemDone",
          item: {
            type: "reasoning",
            id: "rs_1",
            summary: [{ type: "summary_text", text: "s" }],
            content: [{ type: "reasoning_text", text: "raw" }],
            encrypted_content: "ENC",
          },
        },
      ],
    },
    {
      what: "function call",
      data: item({ type: "function_call", id: "fc_1", call_id: "c", name: "n", arguments: "{not json" }),
      events: [
        {
          type: "itemDone",
          item: { type: "function_call", id: "fc_1", name: "n", arguments: "{not json", call_id: "c" },
        },
      ],
    },
    { what: "function call without id", data: item({ type: "function_call", name: "n", arguments: "{}" }), events: [] },
    {
      what: "custom tool call",
      data: item({ type: "custom_tool_call", id: "ct", call_id: "c", name: "apply_patch", input: "*** x" }),
      events: [
        {
          type: "itemDone",
          item: { type: "custom_tool_call", id: "ct", call_id: "c", name: "apply_patch", input: "*** x" },
        },
      ],
    },
    {
      what: "local shell call",
      data: item({
        type: "local_shell_call",
        call_id: "c",
        status: "completed",
        action: { type: "exec", command: ["ls"] },
      }),
      events: [
        {
          type: "itemDone",
          item: {
            type: "local_shell_call",
            call_id: "c",
            status: "completed",
            action: { type: "exec", command: ["ls"], timeout_ms: null, working_directory: null, env: null, user: null },
          },
        },
      ],
    },
    {
      what: "local shell call with a command that is not a list of words",
      data: item({
        type: "local_shell_call",
        call_id: "c",
        status: "completed",
        action: { type: "exec", command: "ls" },
      }),
      events: [],
    },
    ...(
      [
        [
          { type: "search", query: "q", queries: ["q"] },
          { type: "search", query: "q" },
        ],
        [{ type: "search" }, { type: "search" }],
        [
          { type: "open_page", url: "u" },
          { type: "open_page", url: "u" },
        ],
        [
          { type: "find_in_page", url: "u", pattern: "p" },
          { type: "find_in_page", url: "u", pattern: "p" },
        ],
        [{ type: "dance" }, { type: "other" }],
      ] as const
    ).map(([sent, action]) => ({
      what: `web search: ${JSON.stringify(sent)}`,
      data: item({ type: "web_search_call", id: "ws", status: "completed", action: sent }),
      events: [
        {
          type: "itemDone" as const,
          item: { type: "web_search_call" as const, id: "ws", status: "completed", action },
        },
      ],
    })),
    {
      what: "compaction under its other name",
      data: item({ type: "compaction_summary", encrypted_content: "E" }),
      events: [{ type: "itemDone", item: { type: "compaction", encrypted_content: "E" } }],
    },
    { what: "unknown item", data: item({ type: "dance" }), events: [{ type: "itemDone", item: { type: "other" } }] },
    { what: "item that is none", data: item([]), events: [] },
    { what: "message without role", data: item({ type: "message", content: [] }), events: [] },
    { what: "in progress", data: { type: "response.in_progress" }, events: [] },
    { what: "part done", data: { type: "response.output_text.done", text: "x" }, events: [] },
    { what: "no type", data: {}, events: [] },
    { what: "no object", data: [1], events: [] },
    { what: "no JSON", data: "{", events: [] },
    { what: "the end of another wire", data: "[DONE]", events: [] },
    {
      what: "a type that names a member of every object",
      data: { type: "__proto__" },
      events: [],
    },
  ];
  it.each(table)("$what", ({ data, events }) => {
    expect(read(data)).toEqual({ events, state: "open" });
  });

  it.each([
    { what: "no usage", response: { id: "r" }, usage: null },
    { what: "null usage", response: { id: "r", usage: null }, usage: null },
    {
      what: "all counts",
      response: {
        id: "r",
        usage: {
          input_tokens: 100,
          input_tokens_details: { cached_tokens: 10 },
          output_tokens: 20,
          output_tokens_details: { reasoning_tokens: 5 },
          total_tokens: 120,
        },
      },
      usage: {
        input_tokens: 100,
        cached_input_tokens: 10,
        output_tokens: 20,
        reasoning_output_tokens: 5,
        total_tokens: 120,
      },
    },
    {
      what: "null details",
      response: {
        id: "r",
        usage: {
          input_tokens: 1,
          input_tokens_details: null,
          output_tokens: 2,
          output_tokens_details: null,
          total_tokens: 3,
        },
      },
      usage: { ...usage0, input_tokens: 1, output_tokens: 2, total_tokens: 3 },
    },
  ])("completed with $what", ({ response, usage }) => {
    const completed = { type: "completed", responseId: "r", usage, incomplete: null };
    expect(read({ type: "response.completed", response })).toEqual({ events: [completed], state: "complete" });
    expect(read({ type: "response.done", response })).toEqual({ events: [completed], state: "complete" });
  });

  it("takes response.done without anything, but not response.completed without its id", () => {
    expect(read({ type: "response.done" }).events).toEqual([
      { type: "completed", responseId: null, usage: null, incomplete: null },
    ]);
    for (const broken of [{}, { response: {} }, { response: { id: 5 } }]) {
      expect(read({ type: "response.completed", ...broken }).error).toMatchObject({
        message: "stream disconnected before completion: failed to parse ResponseCompleted: missing field `id`",
        retryable: true,
        info: "other",
      });
    }
  });

  it.each([
    ["max_output_tokens", /reached the limit of output tokens/],
    ["content_filter", /content filter/],
    ["dance", /ended before it was complete \(dance\)/],
    ["constructor", /\(constructor\)/],
  ])("ends with a clear result when the response is incomplete: %s", (reason, message) => {
    const response = {
      id: "r",
      incomplete_details: { reason },
      usage: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
    };
    const { events, state } = read({ type: "response.incomplete", response });
    expect(state).toBe("complete");
    expect(events).toEqual([
      {
        type: "completed",
        responseId: "r",
        usage: { ...usage0, input_tokens: 1, output_tokens: 2, total_tokens: 3 },
        incomplete: { reason, message: expect.stringMatching(message) },
      },
    ]);
  });
});

describe("response.failed", () => {
  const failed = (error: unknown): ModelError | undefined =>
    read({ type: "response.failed", response: { error } }).error;

  it.each([
    [
      "context_length_exceeded",
      "x",
      "contextWindow",
      "context_window_exceeded",
      /^Codex ran out of room in the model's context window\. Start a new thread or clear earlier history before retrying\.$/,
    ],
    [
      "insufficient_quota",
      "x",
      "quota",
      "usage_limit_exceeded",
      /^Quota exceeded\. Check your plan and billing details\.$/,
    ],
    [
      "usage_not_included",
      "x",
      "plan",
      "usage_limit_exceeded",
      /^To use Codex with your ChatGPT plan, upgrade to Plus: https:\/\/openai\.com\/chatgpt\/pricing\.$/,
    ],
    ["invalid_prompt", "bad words", "badRequest", "other", /^bad words$/],
    ["invalid_prompt", undefined, "badRequest", "other", /^Invalid request\.$/],
  ] as const)("%s (%s) is final: %s", (code, message, kind, info, text) => {
    const error = failed({ code, message });
    expect(error).toMatchObject({ kind, info, retryable: false });
    expect(error?.message).toMatch(text);
  });

  it.each([
    [{ code: "server_error", message: "weird thing" }, "weird thing", null],
    [{ message: "no code" }, "no code", null],
    [undefined, "response.failed event received", null],
    [{ code: "rate_limit_exceeded", message: "Please try again in 1.5s." }, "Please try again in 1.5s.", 1500],
    [{ code: "rate_limit_exceeded", message: "Try Again In 20 ms" }, "Try Again In 20 ms", 20],
    [{ code: "rate_limit_exceeded", message: "try again in 11.9ms" }, "try again in 11.9ms", 11],
    [{ code: "rate_limit_exceeded", message: "try again in 3 seconds" }, "try again in 3 seconds", 3000],
    [{ code: "rate_limit_exceeded", message: "try again in 1 second" }, "try again in 1 second", 1000],
    [{ code: "rate_limit_exceeded", message: "try again soon" }, "try again soon", null],
    [{ code: "server_error", message: "try again in 9s" }, "try again in 9s", null],
  ])("%j may pass", (body, text, retryAfterMs) => {
    expect(failed(body)).toMatchObject({
      kind: "responseFailed",
      info: "other",
      retryable: true,
      message: `stream disconnected before completion: ${text}`,
      retryAfterMs,
    });
  });
});

describe("error events", () => {
  it("are told when the stream ends without a response", () => {
    const decoder = new ResponsesDecoder();
    expect(decoder.read('{"type":"error","code":"server_error","message":"oops"}', [])).toBe("open");
    expect(() => decoder.end()).toThrow("stream disconnected before completion: oops");
  });

  it("are forgotten when the response completes after all", () => {
    expect(read({ type: "error", message: "oops" }, { type: "response.done" }).state).toBe("complete");
  });

  it("leave the usual message when there was none", () => {
    expect(() => new ResponsesDecoder().end()).toThrow(
      "stream disconnected before completion: stream closed before response.completed",
    );
  });
});
