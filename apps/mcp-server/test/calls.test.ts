/** Calls of the two tools, on both builds. */

import {
  answer,
  builds,
  executable,
  functionCall,
  httpReply,
  message,
  type RecordedRequest,
} from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { rawClient, textOf, threadOf } from "./support/raw-client.js";

const hello = {
  protocolVersion: "2025-06-18",
  capabilities: { elicitation: {} },
  clientInfo: { name: "tester", version: "9.9" },
};

describe.each(builds())("the handshake ($name)", (build) => {
  it("echoes the protocol's version and says who is there", async () => {
    await using client = await rawClient(build, [answer()]);
    const { result } = await client.ask(1, "initialize", hello);
    expect(result).toMatchObject({
      protocolVersion: "2025-06-18",
      capabilities: { tools: { listChanged: true } },
      serverInfo: { name: "codex-mcp-server", title: "Codex" },
    });
    expect(result?.["serverInfo"]).toMatchObject({
      user_agent: expect.stringMatching(/^codex_cli_rs\/.* \(tester; 9\.9\)$/) as unknown,
    });
    expect(await client.ask(2, "initialize", hello)).toMatchObject({
      error: { code: -32600, message: "initialize called more than once" },
    });
    expect(await client.end()).toEqual({ code: 0, signal: null });
  });

  it("lists the two tools", async () => {
    await using client = await rawClient(build, [answer()]);
    const { result } = await client.ask("t", "tools/list");
    const tools = result?.["tools"] as { name: string; inputSchema: { properties: object; required: string[] } }[];
    expect(
      tools.map(({ name, inputSchema }) => [name, Object.keys(inputSchema.properties), inputSchema.required]),
    ).toEqual([
      [
        "codex",
        [
          "prompt",
          "model",
          "profile",
          "cwd",
          "approval-policy",
          "sandbox",
          "config",
          "base-instructions",
          "developer-instructions",
          "compact-prompt",
        ],
        ["prompt"],
      ],
      ["codex-reply", ["prompt", "threadId", "conversationId"], ["prompt"]],
    ]);
  });

  it("runs a task and its continuation, and tells what happens", async () => {
    await using client = await rawClient(build, [answer(message("Hello mcp.")), answer(message("Again."))]);
    await client.ask(1, "initialize", hello);
    const first = await client.call("abc", "codex", { prompt: "hi" });
    const threadId = threadOf(first);
    expect(first.result).toEqual({
      content: [{ type: "text", text: "Hello mcp." }],
      structuredContent: { threadId, content: "Hello mcp." },
    });
    const second = await client.call(7, "codex-reply", { prompt: "more", conversationId: threadId });
    expect([textOf(second), threadOf(second)]).toEqual(["Again.", threadId]);
    expect(client.model.requests[1]?.headers["user-agent"]).toMatch(/\(tester; 9\.9\)$/);

    const events = client.events("abc");
    expect(events[0]).toBe("session_configured");
    expect(events.slice(events.indexOf("task_started"))).toEqual([
      "task_started",
      "raw_response_item",
      "item_started",
      "item_completed",
      "user_message",
      "token_count",
      "item_started",
      "agent_message_content_delta",
      "agent_message_delta",
      "item_completed",
      "agent_message",
      "raw_response_item",
      "token_count",
      "task_complete",
    ]);
    expect(client.events(7)[0]).toBe("task_started");
    const ids = client.messages.flatMap(({ method, params }) => (method === "codex/event" ? [params?.["id"]] : []));
    expect([...new Set(ids)]).toEqual(["", "auto-compact-0", "abc", "0"]);
  });
});

describe("a call", () => {
  it("that fails says why, and the thread can be used again", async () => {
    await using client = await rawClient(executable(), [
      httpReply(400, { error: { message: "bad" } }),
      answer(message("better")),
    ]);
    const failed = await client.call(1, "codex", { prompt: "hi" });
    const text = '{"error":{"message":"bad"}}';
    expect(failed.result).toEqual({
      content: [{ type: "text", text }],
      isError: true,
      structuredContent: { threadId: threadOf(failed), content: text },
    });
    expect(textOf(await client.call(2, "codex-reply", { prompt: "x", threadId: threadOf(failed) }))).toBe("better");
  });

  const prompt = "x";
  const unknown = "01a1f9d5-2f01-76c3-af40-51ce70dcf175";
  it.each<[tool: string, args: unknown, text: string]>([
    ["nosuch", {}, "Unknown tool 'nosuch'"],
    ["codex", undefined, "Missing arguments for codex tool-call; the `prompt` field is required."],
    ["codex", {}, "Failed to parse configuration for Codex tool: missing field `prompt`"],
    [
      "codex",
      { prompt: 5 },
      "Failed to parse configuration for Codex tool: invalid type: integer `5`, expected a string",
    ],
    [
      "codex",
      { prompt, "approval-policy": "zz" },
      "Failed to parse configuration for Codex tool: unknown variant `zz`, expected one of `untrusted`, `on-failure`, `on-request`, `never`",
    ],
    [
      "codex",
      { prompt, sandbox: "zz" },
      "Failed to parse configuration for Codex tool: unknown variant `zz`, expected one of `read-only`, `workspace-write`, `danger-full-access`",
    ],
    [
      "codex",
      { prompt, profile: "nosuch" },
      "Failed to load Codex configuration from overrides: config profile `nosuch` not found",
    ],
    [
      "codex",
      { prompt, cwd: "/nowhere" },
      "Failed to load Codex configuration from overrides: cwd is not a folder that exists: /nowhere",
    ],
    [
      "codex-reply",
      undefined,
      "Missing arguments for codex-reply tool-call; the `thread_id` and `prompt` fields are required.",
    ],
    ["codex-reply", { prompt }, "Failed to parse thread_id: either threadId or conversationId must be provided"],
    [
      "codex-reply",
      { prompt, threadId: "abc" },
      "Failed to parse thread_id: invalid length: expected length 32 for simple format, found 3",
    ],
    [
      "codex-reply",
      { prompt, threadId: "xyz" },
      "Failed to parse thread_id: invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], found `x` at 1",
    ],
    [
      "codex-reply",
      { prompt, threadId: unknown.slice(0, -1) },
      "Failed to parse thread_id: invalid group length in group 4: expected 12, found 11",
    ],
    ["codex-reply", { prompt, threadId: unknown }, `Session not found for thread_id: ${unknown}`],
  ])("of %s with %j is answered: %s", async (tool, args, text) => {
    await using client = await rawClient(executable(), [answer()]);
    const { result } = await client.call(1, tool, args);
    expect([result?.["isError"], textOf({ result: result ?? {} })]).toEqual([true, text]);
    expect(client.model.requests).toEqual([]);
  });

  it("has its own settings, on top of -c of the server", async () => {
    await using client = await rawClient(executable(), [answer(message("ok"))], "", [
      "-c",
      'model="gpt-5.1"',
      "-c",
      'model_verbosity="low"',
    ]);
    await client.call(1, "codex", { prompt });
    const args = {
      prompt,
      config: { model_verbosity: "high" },
      "base-instructions": "BASE",
      "developer-instructions": "DEV",
    };
    await client.call(2, "codex", args);
    await client.call(3, "codex", { prompt, model: "gpt-5.2" });
    expect(
      client.model.requests.map(({ body }) => [body["model"], (body["text"] as { verbosity?: string }).verbosity]),
    ).toEqual([
      ["gpt-5.1", "low"],
      ["gpt-5.1", "high"],
      ["gpt-5.2", "low"],
    ]);
    expect(client.model.requests[1]?.body["instructions"]).toBe("BASE");
    expect(JSON.stringify(client.model.requests[1]?.body["input"])).toContain("DEV");
  });

  it("does not wait for others; replies to one thread wait for each other", async () => {
    await using client = await rawClient(executable(), [answer(message("one"))]);
    const threads = await Promise.all([1, 2, 3].map((id) => client.call(id, "codex", { prompt })));
    expect(new Set(threads.map(threadOf)).size).toBe(3);
    const [first] = threads.map(threadOf);
    const replies = await Promise.all([4, 5].map((id) => client.call(id, "codex-reply", { prompt, threadId: first })));
    expect(replies.map(textOf)).toEqual(["one", "one"]);
    expect(client.events(5).filter((type) => type === "task_started")).toHaveLength(1);
  });
});

describe("an agent that a thread has started", () => {
  const isAgent = ({ headers }: RecordedRequest): boolean => headers["x-openai-subagent"] === "collab_spawn";
  /** The outputs of the tool calls in a request. */
  const outputsOf = ({ body }: RecordedRequest): Record<string, string> =>
    Object.fromEntries(
      (body["input"] as { call_id?: string; output?: string }[]).flatMap(({ call_id, output }) =>
        call_id === undefined || output === undefined ? [] : [[call_id, output]],
      ),
    );
  const idOf = (spawned = ""): string => (JSON.parse(spawned) as { agent_id: string }).agent_id;

  it("answers a reply with its next turn, and is not found when it was closed", async () => {
    let id = "";
    let agentTurns = 0;
    await using client = await rawClient(
      executable(),
      (request) => {
        if (isAgent(request)) return answer(message(`agent ${++agentTurns}`));
        const { spawn, wait, close } = outputsOf(request);
        if (spawn === undefined) return answer(functionCall("spawn_agent", { message: "sub task" }, "spawn"));
        id = idOf(spawn);
        if (wait === undefined) return answer(functionCall("wait", { ids: [id] }, "wait"));
        if (agentTurns === 1) return answer(message("started"));
        return close === undefined ? answer(functionCall("close_agent", { id }, "close")) : answer(message("closed"));
      },
      "",
      ["--enable", "collab"],
    );
    const started = await client.call(1, "codex", { prompt: "x" });
    expect(textOf(started)).toBe("started");
    expect(textOf(await client.call(2, "codex-reply", { prompt: "y", threadId: id }))).toBe("agent 2");
    await client.call(3, "codex-reply", { prompt: "z", threadId: threadOf(started) });
    expect(textOf(await client.call(4, "codex-reply", { prompt: "y", threadId: id }))).toBe(
      `Session not found for thread_id: ${id}`,
    );
  });
});
