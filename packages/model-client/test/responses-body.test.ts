import type { ResponseItem } from "@codex-ts/protocol";
import { answer, startFakeModel } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { isAzure, type ModelRequest } from "../src/index.js";
import { bodyText, responsesBody } from "../src/responses/body.js";
import { attempt, request, testClient, testProvider } from "./requests.js";

const text = (changes: Partial<ModelRequest>, azure = false): string =>
  bodyText(responsesBody({ ...request, ...changes }, azure));
const body = (changes: Partial<ModelRequest>, azure = false): Record<string, unknown> =>
  JSON.parse(text(changes, azure)) as Record<string, unknown>;

describe("the body of POST /responses", () => {
  it("has its members in the reference's order", () => {
    const full = body({ text: { verbosity: "low" } });
    expect(Object.keys(full)).toEqual([
      "model",
      "instructions",
      "input",
      "tools",
      "tool_choice",
      "parallel_tool_calls",
      "reasoning",
      "store",
      "stream",
      "include",
      "prompt_cache_key",
      "text",
    ]);
  });

  it("is exactly this for a first request", () => {
    expect(text({})).toBe(
      '{"model":"gpt-5.1-codex","instructions":"Be brief.","input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Say hello"}]}],"tools":[],"tool_choice":"auto","parallel_tool_calls":false,"reasoning":{"summary":"auto"},"store":false,"stream":true,"include":["reasoning.encrypted_content"],"prompt_cache_key":"thread-1"}',
    );
  });

  it.each<{ what: string; changes: Partial<ModelRequest>; members: Record<string, unknown> }>([
    { what: "no reasoning", changes: { reasoning: null }, members: { reasoning: null, include: [] } },
    {
      what: "effort before summary",
      changes: { reasoning: { effort: "high", summary: "detailed" } },
      members: { reasoning: { effort: "high", summary: "detailed" }, include: ["reasoning.encrypted_content"] },
    },
    { what: "summary none is left out", changes: { reasoning: { summary: "none" } }, members: { reasoning: {} } },
    { what: "parallel calls", changes: { parallelToolCalls: true }, members: { parallel_tool_calls: true } },
    { what: "verbosity", changes: { text: { verbosity: "high" } }, members: { text: { verbosity: "high" } } },
    {
      what: "an output schema",
      changes: { text: { outputSchema: { type: "object" } } },
      members: {
        text: {
          format: { type: "json_schema", strict: true, schema: { type: "object" }, name: "codex_output_schema" },
        },
      },
    },
  ])("$what", ({ changes, members }) => {
    expect(body(changes)).toMatchObject(members);
  });
});

it("leaves text options out when there are none", () => {
  expect(body({ text: {} })).not.toHaveProperty("text");
});

const items: { what: string; item: ResponseItem; wire: string | null; azure?: string }[] = [
  {
    what: "a message",
    item: {
      type: "message",
      role: "assistant",
      content: [{ type: "output_text", text: "hi" }],
      id: "m1",
      end_turn: true,
    },
    wire: '{"type":"message","role":"assistant","content":[{"type":"output_text","text":"hi"}],"end_turn":true}',
    azure:
      '{"type":"message","role":"assistant","content":[{"type":"output_text","text":"hi"}],"end_turn":true,"id":"m1"}',
  },
  {
    what: "a message with an empty id",
    item: { type: "message", role: "user", content: [], id: "" },
    wire: '{"type":"message","role":"user","content":[]}',
    azure: '{"type":"message","role":"user","content":[]}',
  },
  {
    what: "reasoning with raw text",
    item: {
      type: "reasoning",
      id: "rs_1",
      summary: [{ type: "summary_text", text: "**T**" }],
      content: [{ type: "reasoning_text", text: "raw" }],
      encrypted_content: "ENC",
    },
    wire: '{"type":"reasoning","summary":[{"type":"summary_text","text":"**T**"}],"content":[{"type":"reasoning_text","text":"raw"}],"encrypted_content":"ENC"}',
  },
  {
    what: "reasoning without content",
    item: { type: "reasoning", summary: [] },
    wire: '{"type":"reasoning","summary":[],"content":null,"encrypted_content":null}',
  },
  {
    what: "reasoning with only plain text parts",
    item: { type: "reasoning", summary: [], content: [{ type: "text", text: "t" }], encrypted_content: null },
    wire: '{"type":"reasoning","summary":[],"encrypted_content":null}',
  },
  {
    what: "a function call",
    item: { type: "function_call", id: "fc", name: "shell_command", arguments: '{"command": "x"}', call_id: "c" },
    wire: '{"type":"function_call","name":"shell_command","arguments":"{\\"command\\": \\"x\\"}","call_id":"c"}',
    azure:
      '{"type":"function_call","name":"shell_command","arguments":"{\\"command\\": \\"x\\"}","call_id":"c","id":"fc"}',
  },
  {
    what: "a function's output",
    item: { type: "function_call_output", call_id: "c", output: "text" },
    wire: '{"type":"function_call_output","call_id":"c","output":"text"}',
  },
  {
    what: "an output in parts",
    item: { type: "function_call_output", call_id: "c", output: [{ type: "input_image", image_url: "data:x" }] },
    wire: '{"type":"function_call_output","call_id":"c","output":[{"type":"input_image","image_url":"data:x"}]}',
  },
  {
    what: "a custom tool call",
    item: { type: "custom_tool_call", status: "completed", call_id: "c", name: "apply_patch", input: "*** x" },
    wire: '{"type":"custom_tool_call","status":"completed","call_id":"c","name":"apply_patch","input":"*** x"}',
  },
  {
    what: "a local shell call",
    item: { type: "local_shell_call", status: "completed", action: { type: "exec", command: ["ls"] } },
    wire: '{"type":"local_shell_call","call_id":null,"status":"completed","action":{"type":"exec","command":["ls"]}}',
  },
  {
    what: "a web search",
    item: { type: "web_search_call", id: "ws_1", status: "completed", action: { type: "search", query: "weather" } },
    wire: '{"type":"web_search_call","status":"completed","action":{"type":"search","query":"weather"}}',
  },
  {
    what: "a compacted conversation",
    item: { type: "compaction", encrypted_content: "ENC" },
    wire: '{"type":"compaction","encrypted_content":"ENC"}',
  },
  {
    what: "a ghost snapshot",
    item: {
      type: "ghost_snapshot",
      ghost_commit: { id: "x", preexisting_untracked_files: [], preexisting_untracked_dirs: [] },
    },
    wire: null,
  },
  { what: "anything unknown", item: { type: "other" }, wire: null },
];

describe("items as they are sent", () => {
  it.each(items)("$what", ({ item, wire }) => {
    const input = JSON.stringify(body({ input: [item] })["input"]);
    expect(input).toBe(wire === null ? "[]" : `[${wire}]`);
  });
});

describe("Azure", () => {
  it.each(items.flatMap(({ what, item, azure }) => (azure === undefined ? [] : [{ what, item, azure }])))(
    "gets back the server's id: $what",
    ({ item, azure }) => {
      expect(JSON.stringify(body({ input: [item] }, true)["input"])).toBe(`[${azure}]`);
    },
  );

  it.each([
    ["azure", null, true],
    ["Azure", null, true],
    ["My Azure", null, false],
    ["x", "https://foo.openai.azure.com/openai", true],
    ["x", "https://foo.OpenAI.Azure.com/openai", true],
    ["x", "https://foo.cognitiveservices.azure.cn/openai", true],
    ["x", "https://foo.aoai.azure.com", true],
    ["x", "https://foo.azure-api.net", true],
    ["x", "https://foo.azurefd.net", true],
    ["x", "https://foo.windows.net/openai", true],
    ["OpenAI", "https://api.openai.com/v1", false],
  ])("name %s, base URL %s: %s", (name, baseUrl, azure) => {
    expect(isAzure({ name, baseUrl })).toBe(azure);
  });

  it("stores responses and gets item ids back", async () => {
    await using server = await startFakeModel([answer()]);
    const { client } = testClient(server, { provider: { ...testProvider, baseUrl: server.url, name: "azure" } });
    await attempt(client, { request: { input: [{ type: "message", role: "user", content: [], id: "m" }] } });
    expect(server.requests[0]?.body).toMatchObject({ store: true, input: [{ id: "m" }] });
  });
});
