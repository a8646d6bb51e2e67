import type { ResponseItem } from "@codex-ts/protocol";
import { httpReply, raw, startFakeModel, stream, type Answer } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import type { ModelEvent, ModelRequest, ToolDefinition } from "../src/index.js";
import { chatBody } from "../src/chat/body.js";
import { chatMessages } from "../src/chat/messages.js";
import { attempt, request, testClient } from "./requests.js";

const chat = { provider: { wireApi: "chat" as const } };

describe("the conversation as messages", () => {
  const user = (text: string): ResponseItem => ({
    type: "message",
    role: "user",
    content: [{ type: "input_text", text }],
  });
  const assistant = (text: string): ResponseItem => ({
    type: "message",
    role: "assistant",
    content: [{ type: "output_text", text }],
  });
  const call = (id: string): ResponseItem => ({ type: "function_call", name: "n", arguments: "{}", call_id: id });
  const output = (id: string): ResponseItem => ({ type: "function_call_output", call_id: id, output: `out ${id}` });
  const thought = (text: string): ResponseItem => ({
    type: "reasoning",
    summary: [{ type: "summary_text", text: "summary" }],
    content: [{ type: "reasoning_text", text }],
  });
  const toolCall = (id: string): object => ({ id, type: "function", function: { name: "n", arguments: "{}" } });

  it.each<{ what: string; input: ResponseItem[]; messages: object[] }>([
    { what: "a user", input: [user("a")], messages: [{ role: "user", content: "a" }] },
    {
      what: "a developer stays one, and text parts are joined",
      input: [
        {
          type: "message",
          role: "developer",
          content: [
            { type: "input_text", text: "a" },
            { type: "input_text", text: "b" },
          ],
        },
      ],
      messages: [{ role: "developer", content: "ab" }],
    },
    {
      what: "an image makes the content a list",
      input: [
        {
          type: "message",
          role: "user",
          content: [
            { type: "input_text", text: "look" },
            { type: "input_image", image_url: "data:x" },
          ],
        },
      ],
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "look" },
            { type: "image_url", image_url: { url: "data:x" } },
          ],
        },
      ],
    },
    {
      what: "the same assistant text twice is sent once",
      input: [user("a"), assistant("x"), assistant("x"), assistant("y"), assistant("x")],
      messages: [
        { role: "user", content: "a" },
        { role: "assistant", content: "x" },
        { role: "assistant", content: "y" },
        { role: "assistant", content: "x" },
      ],
    },
    {
      what: "consecutive calls share a message",
      input: [user("a"), call("1"), call("2"), output("1"), output("2"), call("3")],
      messages: [
        { role: "user", content: "a" },
        { role: "assistant", content: null, tool_calls: [toolCall("1"), toolCall("2")] },
        { role: "tool", tool_call_id: "1", content: "out 1" },
        { role: "tool", tool_call_id: "2", content: "out 2" },
        { role: "assistant", content: null, tool_calls: [toolCall("3")] },
      ],
    },
    {
      what: "calls of other kinds keep the id by which their output is matched",
      input: [
        user("a"),
        { type: "custom_tool_call", id: "ct", call_id: "c1", name: "apply_patch", input: "*** x" },
        { type: "local_shell_call", call_id: "c2", status: "completed", action: { type: "exec", command: ["ls"] } },
        { type: "custom_tool_call_output", call_id: "c1", output: "done" },
      ],
      messages: [
        { role: "user", content: "a" },
        {
          role: "assistant",
          content: null,
          tool_calls: [
            { id: "c1", type: "custom", custom: { name: "apply_patch", input: "*** x" } },
            { id: "c2", type: "local_shell_call", status: "completed", action: { type: "exec", command: ["ls"] } },
          ],
        },
        { role: "tool", tool_call_id: "c1", content: "done" },
      ],
    },
    {
      what: "an output in parts",
      input: [
        user("a"),
        call("1"),
        { type: "function_call_output", call_id: "1", output: [{ type: "input_image", image_url: "data:x" }] },
      ],
      messages: [
        { role: "user", content: "a" },
        { role: "assistant", content: null, tool_calls: [toolCall("1")] },
        { role: "tool", tool_call_id: "1", content: [{ type: "image_url", image_url: { url: "data:x" } }] },
      ],
    },
    {
      what: "raw reasoning goes with the call after it",
      input: [user("a"), thought("hm"), call("1"), output("1")],
      messages: [
        { role: "user", content: "a" },
        { role: "assistant", content: null, tool_calls: [toolCall("1")], reasoning: "hm" },
        { role: "tool", tool_call_id: "1", content: "out 1" },
      ],
    },
    {
      what: "raw reasoning goes with the assistant's message before it rather than the one after",
      input: [user("a"), assistant("x"), thought("hm"), assistant("y")],
      messages: [
        { role: "user", content: "a" },
        { role: "assistant", content: "x", reasoning: "hm" },
        { role: "assistant", content: "y" },
      ],
    },
    {
      what: "reasoning of earlier turns is left out",
      input: [user("a"), thought("old"), assistant("x"), user("b"), thought("new"), call("1")],
      messages: [
        { role: "user", content: "a" },
        { role: "assistant", content: "x" },
        { role: "user", content: "b" },
        { role: "assistant", content: null, tool_calls: [toolCall("1")], reasoning: "new" },
      ],
    },
    {
      what: "all reasoning is left out when the user has the last word",
      input: [user("a"), thought("hm"), assistant("x"), user("b")],
      messages: [
        { role: "user", content: "a" },
        { role: "assistant", content: "x" },
        { role: "user", content: "b" },
      ],
    },
    {
      what: "everything else is skipped",
      input: [
        user("a"),
        { type: "web_search_call", status: "completed" },
        { type: "compaction", encrypted_content: "E" },
        { type: "other" },
      ],
      messages: [{ role: "user", content: "a" }],
    },
  ])("$what", ({ input, messages }) => {
    expect(chatMessages("Be brief.", input)).toEqual([{ role: "system", content: "Be brief." }, ...messages]);
  });
});

describe("the body of POST /chat/completions", () => {
  const fn: ToolDefinition = {
    type: "function",
    name: "n",
    description: "d",
    strict: false,
    parameters: { type: "object" },
  };
  const others: ToolDefinition[] = [
    { type: "local_shell" },
    { type: "web_search", external_web_access: false },
    { type: "custom", name: "c", description: "d", format: { type: "grammar", syntax: "lark", definition: "g" } },
  ];

  it("has only function tools, in their redundant form, and asks for usage", () => {
    const body = chatBody({ ...request, tools: [fn, ...others], parallelToolCalls: true }, true);
    expect(Object.keys(body)).toEqual(["model", "messages", "stream", "stream_options", "tools"]);
    expect(body["tools"]).toEqual([
      {
        type: "function",
        name: "n",
        function: { name: "n", description: "d", strict: false, parameters: { type: "object" } },
      },
    ]);
    expect(body["stream_options"]).toEqual({ include_usage: true });
  });

  it("leaves an empty list of tools out, which servers refuse", () => {
    expect(chatBody({ ...request, tools: others }, true)).not.toHaveProperty("tools");
  });

  it("is refused for an output schema", async () => {
    const { error } = await attempt(testClient({ url: "http://model.invalid" }, chat).client, {
      request: { text: { outputSchema: {} } },
    });
    expect(error).toMatchObject({
      message: "unsupported operation: output_schema is not supported for Chat Completions API",
      info: "bad_request",
      retryable: false,
    });
  });
});

const sse = (...chunks: unknown[]): Answer =>
  stream(raw(chunks.map((chunk) => `data: ${typeof chunk === "string" ? chunk : JSON.stringify(chunk)}\n\n`).join("")));
const delta = (fields: object, finish: string | null = null): object => ({
  id: "chat-1",
  choices: [{ index: 0, delta: fields, finish_reason: finish }],
});
const usage = {
  prompt_tokens: 10,
  completion_tokens: 5,
  total_tokens: 15,
  prompt_tokens_details: { cached_tokens: 4 },
};

async function answered(...chunks: unknown[]): Promise<ReturnType<typeof attempt>> {
  await using server = await startFakeModel([sse(...chunks)]);
  return await attempt(testClient(server, chat).client);
}

/** Events without the ids that this wire makes up. */
const shape = (events: ModelEvent[]): unknown[] =>
  events.map((event) => {
    switch (event.type) {
      case "textDelta":
        return `text ${event.delta}`;
      case "reasoningRawDelta":
        return `raw ${event.delta}`;
      case "itemAdded":
        return `+${event.item.type}`;
      case "itemDone": {
        const { item } = event;
        if (item.type === "message")
          return `message ${item.content.map((part) => ("text" in part ? part.text : "")).join()}`;
        if (item.type === "reasoning") return `reasoning ${item.content?.map((part) => part.text).join()}`;
        if (item.type === "function_call") return `call ${item.call_id} ${item.name}(${item.arguments})`;
        return item.type;
      }
      case "completed":
        return `completed ${event.usage?.total_tokens ?? "without usage"}`;
      default:
        return event.type;
    }
  });

describe("a Chat stream", () => {
  it.each<{ what: string; chunks: unknown[]; events: string[] }>([
    {
      what: "text",
      chunks: [
        delta({ role: "assistant", content: "" }),
        delta({ content: "He" }),
        delta({ content: "y" }),
        delta({}, "stop"),
        "[DONE]",
      ],
      events: ["+message", "text He", "text y", "message Hey", "completed without usage"],
    },
    {
      what: "usage in a chunk of its own",
      chunks: [delta({ content: "a" }), delta({}, "stop"), { id: "chat-1", choices: [], usage }, "[DONE]"],
      events: ["+message", "text a", "message a", "completed 15"],
    },
    {
      what: "usage beside the end",
      chunks: [delta({ content: "a" }), { ...delta({}, "stop"), usage }],
      events: ["+message", "text a", "message a", "completed 15"],
    },
    {
      what: "content in parts",
      chunks: [
        delta({
          content: [
            { type: "text", text: "a" },
            { type: "text", text: "b" },
          ],
        }),
        delta({}, "stop"),
        "DONE",
      ],
      events: ["+message", "text ab", "message ab", "completed without usage"],
    },
    {
      what: "reasoning, once, before the text",
      chunks: [
        delta({ reasoning: "h" }),
        delta({ reasoning: { text: "m" } }),
        delta({ reasoning: { content: "!" } }),
        delta({ content: "a" }),
        delta({}, "stop"),
        "[DONE]",
      ],
      events: [
        "+reasoning",
        "raw h",
        "raw m",
        "raw !",
        "reasoning hm!",
        "+message",
        "text a",
        "message a",
        "completed without usage",
      ],
    },
    {
      what: "reasoning under its other name",
      chunks: [delta({ reasoning_content: "hm" }), delta({ content: "a" }, "stop"), "[DONE]"],
      events: ["+reasoning", "raw hm", "reasoning hm", "+message", "text a", "message a", "completed without usage"],
    },
    {
      what: "reasoning in the final message",
      chunks: [{ choices: [{ message: { reasoning: "hm" }, finish_reason: "stop" }] }, "[DONE]"],
      events: ["+reasoning", "raw hm", "reasoning hm", "completed without usage"],
    },
    {
      what: "text before the calls it announces",
      chunks: [
        delta({ content: "Let me see." }),
        delta({ tool_calls: [{ index: 0, id: "c1", function: { name: "shell", arguments: '{"a"' } }] }),
        delta({ tool_calls: [{ index: 0, function: { arguments: ":1}" } }] }),
        delta({}, "tool_calls"),
        "[DONE]",
      ],
      events: [
        "+message",
        "text Let me see.",
        "message Let me see.",
        'call c1 shell({"a":1})',
        "completed without usage",
      ],
    },
    {
      what: "calls in the order in which they first appeared",
      chunks: [
        delta({ tool_calls: [{ index: 1, id: "b", function: { name: "two", arguments: "2" } }] }),
        delta({ tool_calls: [{ index: 0, id: "a", function: { name: "one", arguments: "1" } }] }),
        delta({}, "tool_calls"),
        "[DONE]",
      ],
      events: ["call b two(2)", "call a one(1)", "completed without usage"],
    },
    {
      what: "calls by id where there is no index, or the last one",
      chunks: [
        delta({ tool_calls: [{ id: "a", function: { name: "one", arguments: "1" } }] }),
        delta({ tool_calls: [{ id: "b", function: { name: "two", arguments: "2" } }] }),
        delta({ tool_calls: [{ id: "a", function: { arguments: "1" } }] }),
        delta({ tool_calls: [{ function: { arguments: "x" } }] }),
        delta({}, "tool_calls"),
      ],
      events: ["call a one(11)", "call b two(2x)", "completed without usage"],
    },
    {
      what: "the first id and name win",
      chunks: [
        delta({ tool_calls: [{ index: 0, id: "a", function: { name: "one", arguments: "" } }] }),
        delta({ tool_calls: [{ index: 0, id: "z", function: { name: "zzz", arguments: "{}" } }] }),
        delta({}, "tool_calls"),
      ],
      events: ["call a one({})", "completed without usage"],
    },
    {
      what: "nameless calls are dropped",
      chunks: [delta({ tool_calls: [{ index: 0, id: "a", function: { arguments: "{}" } }] }), delta({}, "tool_calls")],
      events: ["completed without usage"],
    },
    {
      what: "calls though the server says stop",
      chunks: [
        delta({ tool_calls: [{ index: 0, id: "a", function: { name: "one", arguments: "{}" } }] }),
        delta({}, "stop"),
      ],
      events: ["call a one({})", "completed without usage"],
    },
    {
      what: "calls though the server says nothing but done",
      chunks: [delta({ tool_calls: [{ index: 0, id: "a", function: { name: "one", arguments: "{}" } }] }), "[DONE]"],
      events: ["call a one({})", "completed without usage"],
    },
    {
      what: "garbage between",
      chunks: ["{", "5", { choices: 5 }, { choices: [5] }, delta({ tool_calls: 5 }), delta({ content: "a" }, "stop")],
      events: ["+message", "text a", "message a", "completed without usage"],
    },
  ])("$what", async ({ chunks, events }) => {
    const result = await answered(...chunks);
    expect(result.error).toBeNull();
    expect(shape(result.events)).toEqual(events);
  });

  it("gives a call without an id one of its own", async () => {
    const chunks = [
      delta({ tool_calls: [{ index: 0, function: { name: "one", arguments: "" } }] }),
      delta({}, "tool_calls"),
    ];
    const ids = (await Promise.all([answered(...chunks), answered(...chunks)])).map(({ events }) => {
      const [first] = events;
      return first?.type === "itemDone" && first.item.type === "function_call" ? first.item.call_id : "";
    });
    expect(ids[0]).toMatch(/^tool-call-0-[0-9a-f]{8}$/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it("gives items ids, and deltas the id of their item", async () => {
    const { events } = await answered(delta({ reasoning: "a" }), delta({ content: "b" }), delta({}, "stop"));
    const ids = events.flatMap((event) =>
      event.type === "itemAdded" || event.type === "itemDone"
        ? ["id" in event.item ? event.item.id : null]
        : "itemId" in event
          ? [event.itemId]
          : [],
    );
    expect(ids).toHaveLength(6);
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
    expect(new Set(ids.slice(3)).size).toBe(1);
    expect(ids[0]).not.toBe(ids[3]);
  });

  it("has no limits to tell of", async () => {
    const { events } = await answered(delta({ content: "b" }, "stop"));
    expect(events.some((event) => event.type === "rateLimits")).toBe(false);
  });

  it.each([
    { what: "cut off", chunks: [delta({ content: "a" })], error: { kind: "streamClosed", retryable: true } },
    { what: "empty", chunks: [], error: { kind: "streamClosed", retryable: true } },
    {
      what: "out of room",
      chunks: [delta({ content: "a" }, "length")],
      error: { kind: "contextWindow", retryable: false },
    },
    {
      what: "an error inside",
      chunks: [{ error: { message: "overloaded", code: 503 } }],
      error: { kind: "responseFailed", message: "stream disconnected before completion: overloaded" },
    },
    {
      what: "an error as a text",
      chunks: [{ error: "overloaded" }],
      error: { kind: "responseFailed", message: "stream disconnected before completion: overloaded" },
    },
    {
      what: "too long, said inside",
      chunks: [{ error: { code: "context_length_exceeded" } }],
      error: { kind: "contextWindow" },
    },
  ])("$what is an error", async ({ chunks, error }) => {
    expect((await answered(...chunks)).error).toMatchObject(error);
  });

  it("ends with a clear result when a filter stops it", async () => {
    const { events } = await answered(delta({ content: "a" }, "content_filter"), "[DONE]");
    expect(events.at(-1)).toMatchObject({ type: "completed", incomplete: { reason: "content_filter" } });
  });
});

describe("a server that does not know stream_options", () => {
  it("is asked again without, and from then on", async () => {
    const refused = httpReply(400, { error: { message: "Unrecognized request argument: stream_options" } });
    await using server = await startFakeModel((received) =>
      "stream_options" in received.body ? refused : sse(delta({ content: "a" }, "stop")),
    );
    const { client } = testClient(server, chat);
    expect((await attempt(client)).error).toBeNull();
    expect((await attempt(client)).error).toBeNull();
    expect(server.requests.map(({ body }) => "stream_options" in body)).toEqual([true, false, false]);
  });

  it("is only recognised by its words", async () => {
    await using server = await startFakeModel([httpReply(400, "other")]);
    expect((await attempt(testClient(server, chat).client)).error?.message).toBe("other");
    expect(server.requests).toHaveLength(1);
  });
});

it("sends only these headers on the Chat wire", async () => {
  await using server = await startFakeModel([sse(delta({ content: "a" }, "stop"))]);
  const subAgent: Partial<ModelRequest> = { subAgent: "review" };
  await attempt(testClient(server, { ...chat, betaFeatures: ["steer"] }).client, { request: subAgent });
  const { headers } = server.requests[0] ?? { headers: {} };
  expect(headers).toMatchObject({ session_id: "thread-1", "x-openai-subagent": "review", accept: "text/event-stream" });
  expect(Object.keys(headers).filter((name) => name.startsWith("x-"))).toEqual(["x-openai-subagent"]);
});
