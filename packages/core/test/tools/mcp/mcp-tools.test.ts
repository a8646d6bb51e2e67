/** Tools of MCP servers in a thread: what the model is offered and told, and what people see. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { answer, functionCall, message, tempHome } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import type { ThreadEvent, ToolOutputPart } from "@codex-ts/protocol";
import { resultOutput } from "../../../src/tools/mcp/result-output.js";
import { withMcp } from "../../support/fake-mcp.js";
import { say, testThread, type TestThread } from "../../support/test-thread.js";

interface Offered {
  name?: string;
  parameters?: unknown;
}

function offered(test: TestThread, request = -1): Offered[] {
  return (test.model.requests.at(request)?.body["tools"] ?? []) as Offered[];
}

function notices(events: readonly ThreadEvent[]): unknown[] {
  return events.flatMap((event) => (event.type === "notice" ? [event.notice] : []));
}

function item(events: readonly ThreadEvent[], id: string): unknown {
  return events.find((event) => event.type === "item.ended" && event.item.id === id);
}

describe("a thread without servers", () => {
  it("says that the start is complete, and offers the resource tools all the same", async () => {
    await using test = await testThread([answer(message("ok"))]);
    await test.turn();
    expect(notices(test.events)).toContainEqual({ kind: "mcpStartupComplete", ready: [], failed: [], cancelled: [] });
    expect(offered(test).map(({ name }) => name)).toEqual(
      expect.arrayContaining(["list_mcp_resources", "list_mcp_resource_templates", "read_mcp_resource"]),
    );
  });
});

describe("a thread with servers", () => {
  it("tells of their start, and offers their tools last, sorted", async () => {
    await using test = await testThread([answer(message("ok"))], {
      services: withMcp({
        zoo: {},
        ant: { config: { enabledTools: ["image", "echo"] } },
        dead: { script: { greeting: "exit" } },
      }),
    });
    await test.turn();
    const names = offered(test).map(({ name }) => name ?? "");
    const first = names.findIndex((name) => name.startsWith("mcp__"));
    expect(names.slice(first, first + 4)).toEqual([
      "mcp__ant__echo",
      "mcp__ant__image",
      "mcp__zoo__ask",
      "mcp__zoo__ask_nobody",
    ]);
    expect(names.slice(first).every((name) => name.startsWith("mcp__"))).toBe(true);
    expect(notices(test.events)).toEqual(
      expect.arrayContaining([
        { kind: "mcpStartup", server: "zoo", status: { state: "starting" } },
        { kind: "mcpStartup", server: "zoo", status: { state: "ready" } },
        expect.objectContaining({
          kind: "mcpStartupComplete",
          ready: ["zoo", "ant"],
          failed: [expect.objectContaining({ server: "dead" })],
        }),
      ]),
    );
  });

  it("keeps what a schema says where the API takes it, and squeezes it where it may not", async () => {
    const inputSchema = {
      type: "object",
      properties: { size: { enum: ["s", "m"] }, n: { type: "integer", minimum: 1 } },
    };
    const services = withMcp({ srv: { script: { tools: [{ name: "pick", inputSchema }] } } });
    await using test = await testThread([answer(message("ok"))], { services });
    await test.turn();
    expect(offered(test).at(-1)).toEqual({
      type: "function",
      name: "mcp__srv__pick",
      description: "",
      strict: false,
      parameters: { type: "object", properties: { size: { enum: ["s", "m"] }, n: { type: "integer", minimum: 1 } } },
    });
  });

  it.each([[{}], [{ anyOf: [{ type: "object" }] }], [{ $ref: "#/$defs/a", $defs: { a: { type: "object" } } }]])(
    "offers objects where little is known of the API, also for the schema %j",
    async (inputSchema) => {
      const services = withMcp({ srv: { script: { tools: [{ name: "any", inputSchema }] } } });
      await using test = await testThread([answer(message("ok"))], { services });
      Object.assign(test.config.modelProvider, { wireApi: "chat" });
      await test.turn();
      const tools = (test.model.requests[0]?.body["tools"] ?? []) as { function?: Offered; name?: string }[];
      const tool = tools.map((each) => each.function ?? each).find(({ name }) => name === "mcp__srv__any");
      expect(tool).toMatchObject({ parameters: { type: "object", properties: {} } });
    },
  );

  it("leaves out a tool whose arguments are no object", async () => {
    const services = withMcp({ srv: { script: { tools: [{ name: "odd", inputSchema: { type: "string" } }] } } });
    await using test = await testThread([answer(message("ok"))], { services });
    await test.turn();
    expect(offered(test).some(({ name }) => name === "mcp__srv__odd")).toBe(false);
    expect(test.reports).toHaveLength(1);
  });

  it("shows a call as an item, and gives the model its output", async () => {
    await using test = await testThread([answer(functionCall("mcp__fake__echo", { q: "hi" })), answer(message("ok"))], {
      services: withMcp({ fake: {} }),
    });
    const events = await test.turn();
    expect(test.outputs()["call_1"]).toBe('[{"text":"echo: hi","type":"text"}]');
    expect(events.filter((event) => event.type === "item.started" && event.item.id === "call_1")).toHaveLength(1);
    expect(item(events, "call_1")).toMatchObject({
      item: {
        type: "mcpCall",
        invocation: { server: "fake", tool: "echo", arguments: { q: "hi" } },
        status: "completed",
        result: { content: [{ type: "text", text: "echo: hi" }] },
        error: null,
      },
    });
  });

  it.each([
    ["mcp__fake__structured", "{}", '{"b":1,"a":{"d":2,"c":[3]}}', "completed"],
    ["mcp__fake__failing", "{}", '[{"text":"it went wrong","type":"text"}]', "failed"],
    ["mcp__fake__empty", "", "[]", "completed"],
    ["mcp__fake__empty", "null", "[]", "completed"],
    [
      "mcp__fake__refusing",
      "{}",
      'err: "tool call error: tool call failed for `fake/refusing`\\n\\nCaused by:\\n    tools/call failed: Mcp error: -32042: bad rpc({\\"q\\":1})"',
      "failed",
    ],
    [
      "mcp__fake__echo",
      "[1]",
      'err: "tool call error: tool call failed for `fake/echo`\\n\\nCaused by:\\n    invalid type: sequence, expected a map"',
      "failed",
    ],
    [
      "mcp__fake__exit",
      "{}",
      'err: "tool call error: tool call failed for `fake/exit`\\n\\nCaused by:\\n    tools/call failed: Transport closed"',
      "failed",
    ],
    ["mcp__fake__echo", "{bad", "err: key must be a string at line 1 column 2", null],
    ["mcp__fake__nosuch", "{}", "unsupported call: mcp__fake__nosuch", null],
  ])("answers %s(%s) with %s", async (name, args, output, status) => {
    await using test = await testThread([answer(functionCall(name, args)), answer(message("ok"))], {
      services: withMcp({ fake: {} }),
    });
    const events = await test.turn();
    expect(test.outputs()["call_1"]).toBe(output);
    const ended = events.find((event) => event.type === "item.ended" && event.item.id === "call_1");
    expect(ended?.type === "item.ended" && ended.item.type === "mcpCall" ? ended.item.status : null).toBe(status);
  });

  it("ends the item of an interrupted call, and goes on with the server", async () => {
    await using test = await testThread(
      [
        answer(functionCall("mcp__fake__hang", {})),
        answer(functionCall("mcp__fake__echo", { q: 2 }, "call_2")),
        answer(message("ok")),
      ],
      { services: withMcp({ fake: {} }) },
    );
    const id = await test.thread.submit(say("go"));
    await test.event("item.started", (event) => event.item.id === "call_1" && event.item.type === "mcpCall");
    await test.thread.submit({ type: "interrupt" });
    await test.event("turn.ended", (event) => event.turnId === id);
    expect(item(test.events, "call_1")).toMatchObject({ item: { status: "interrupted" } });
    await test.turn();
    expect(Object.values(test.outputs()).some((output) => output.includes("echo: 2"))).toBe(true);
    expect(Object.values(test.outputs()).some((output) => /^aborted by user after \d+\.\ds$/.test(output))).toBe(true);
  });

  it("asks the person what a server wants to know, by the operation of older clients too", async () => {
    await using test = await testThread(
      [answer(functionCall("mcp__fake__ask", { q: "who?" })), answer(message("ok"))],
      {
        services: withMcp({ fake: {} }),
      },
    );
    const ended = test.turn();
    const { question } = await test.event("question.asked");
    expect(question).toMatchObject({
      kind: "elicitation",
      itemId: "call_1",
      server: "fake",
      requestId: 0,
      message: "who?",
      requestedSchema: { required: ["name"] },
    });
    await test.thread.submit({
      type: "resolve_elicitation",
      server_name: "fake",
      request_id: 0,
      decision: "accept",
      content: { name: "Ada" },
    });
    await ended;
    expect(test.outputs()["call_1"]).toBe(
      '[{"text":"{\\"action\\":\\"accept\\",\\"content\\":{\\"name\\":\\"Ada\\"}}","type":"text"}]',
    );
  });

  it("does without servers that are late, says so to both, and has their tools in the next turn", async () => {
    using home = tempHome();
    const go = join(home.root, "go");
    await using test = await testThread([answer(message("one")), answer(message("two"))], {
      services: withMcp({ late: { script: { greetsAfter: go } } }, { patienceMs: 10 }),
    });
    const events = await test.turn();
    expect(notices(events)).toContainEqual({
      kind: "warning",
      message: "MCP servers that are still starting: `late`. Their tools can be used from the next message on.",
    });
    expect(JSON.stringify(test.model.requests[0]?.body["input"])).toContain("<mcp_servers_starting>");
    expect(offered(test).some(({ name }) => name?.startsWith("mcp__late"))).toBe(false);
    writeFileSync(go, "");
    await test.event("notice", (event) => event.notice.kind === "mcpStartupComplete");
    await test.turn();
    expect(offered(test).some(({ name }) => name?.startsWith("mcp__late"))).toBe(true);
  });

  it("gives up on starting servers when it is interrupted without a turn", async () => {
    await using test = await testThread([answer(message("ok"))], {
      services: withMcp({ hangs: { script: { greeting: "hang" } } }),
    });
    await test.thread.submit({ type: "interrupt" });
    const { notice } = await test.event("notice", (event) => event.notice.kind === "mcpStartupComplete");
    expect(notice).toMatchObject({ cancelled: ["hangs"] });
    await test.turn();
  });

  it("lists what the servers offer", async () => {
    await using test = await testThread([], { services: withMcp({ fake: { config: { enabledTools: ["echo"] } } }) });
    await test.event("notice", (event) => event.notice.kind === "mcpStartupComplete");
    await test.thread.submit({ type: "list_mcp_tools" });
    const { reply } = await test.event("reply");
    expect(reply).toMatchObject({
      kind: "mcpTools",
      tools: {
        tools: { mcp__fake__echo: { name: "echo" } },
        resources: { fake: [{ uri: "mem://a" }, { uri: "mem://b" }] },
        auth_statuses: { fake: "unsupported" },
      },
    });
  });

  it("holds nothing up while a server takes its time to say what it offers", async () => {
    const slow = Promise.withResolvers<"unsupported">();
    await using test = await testThread([answer(message("ok"))], {
      services: withMcp({ fake: {} }, { authStatus: () => slow.promise }),
    });
    await test.thread.submit({ type: "list_mcp_tools" });
    await test.turn();
    expect(test.events.some((event) => event.type === "reply")).toBe(false);
    slow.resolve("unsupported");
    expect((await test.event("reply")).reply).toMatchObject({ kind: "mcpTools" });
  });

  it("says nothing of servers when the thread has ended", async () => {
    const slow = Promise.withResolvers<"unsupported">();
    await using test = await testThread([], { services: withMcp({ fake: {} }, { authStatus: () => slow.promise }) });
    await test.thread.submit({ type: "list_mcp_tools" });
    await test.manager.close(test.thread.id);
    slow.resolve("unsupported");
    await new Promise(setImmediate);
    expect(test.events.at(-1)).toMatchObject({ notice: { kind: "shutdownComplete" } });
  });

  it("shares its servers with a reviewer, who ends none", async () => {
    await using test = await testThread(
      [answer(message('{"findings":[]}')), answer(functionCall("mcp__fake__echo", { q: 3 })), answer(message("ok"))],
      {
        services: withMcp({ fake: {} }),
      },
    );
    await test.turn({ type: "review", review_request: { target: { type: "custom", instructions: "look" } } });
    expect(offered(test, 0).some(({ name }) => name === "mcp__fake__echo")).toBe(true);
    await test.turn();
    expect(test.outputs()["call_1"]).toContain("echo: 3");
  });
});

describe("what the model reads of a result", () => {
  const text = { type: "text", text: "cap" };
  const image = { type: "image", mimeType: "image/png", data: "QUJD" };
  const shown: ToolOutputPart[] = [
    { type: "input_text", text: "cap" },
    { type: "input_image", image_url: "data:image/png;base64,QUJD" },
  ];
  it.each([
    ["structured content alone", { content: [text], structuredContent: { a: 1 } }, '{"a":1}'],
    ["structured content that is null", { content: [text], structuredContent: null }, '[{"type":"text","text":"cap"}]'],
    ["text", { content: [text] }, '[{"type":"text","text":"cap"}]'],
    ["nothing", { content: [] }, "[]"],
    ["text and images", { content: [text, image] }, shown],
    [
      "an image with its own prefix",
      { content: [{ ...image, data: "data:x/y;base64,QQ==" }] },
      [{ type: "input_image", image_url: "data:x/y;base64,QQ==" }],
    ],
    [
      "an image and a sound",
      { content: [image, { type: "audio", mimeType: "audio/wav", data: "Q" }] },
      JSON.stringify([image, { type: "audio", mimeType: "audio/wav", data: "Q" }]),
    ],
    ["an image and something odd", { content: [image, 7] }, JSON.stringify([image, 7])],
  ])("is right for %s", (_what, result, expected) => {
    expect(resultOutput(result)).toEqual(expected);
  });
});
