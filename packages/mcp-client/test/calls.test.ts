import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { Elicitation } from "@codex-ts/mcp-client";
import { tempHome } from "@codex-ts/test-support";
import { fakeServer, serverConfig, never, refuse, startServers, until } from "./support/thread.js";

describe("a call", () => {
  it.each([
    ["echo", { q: "hi" }, { content: [{ text: "echo: hi", type: "text" }] }],
    [
      "image",
      {},
      {
        content: [
          { text: "cap", type: "text" },
          { data: "QUJD", mimeType: "image/png", type: "image" },
        ],
      },
    ],
    [
      "structured",
      {},
      { content: [{ text: "ignored", type: "text" }], structuredContent: { b: 1, a: { d: 2, c: [3] } } },
    ],
    ["failing", {}, { content: [{ text: "it went wrong", type: "text" }], isError: true }],
    ["empty", {}, { content: [] }],
  ])("of %s gives what the server answers", async (tool, args, expected) => {
    await using test = startServers({ fake: fakeServer() });
    await test.complete;
    const result = await test.servers.callTool("fake", tool, args, { signal: never(), elicit: refuse });
    expect(JSON.stringify(result)).toBe(JSON.stringify(expected));
  });

  it.each([
    [
      "fake",
      "refusing",
      60,
      'tool call failed for `fake/refusing`\n\nCaused by:\n    tools/call failed: Mcp error: -32042: bad rpc({"q":1})',
    ],
    ["fake", "exit", 60, "tool call failed for `fake/exit`\n\nCaused by:\n    tools/call failed: Transport closed"],
    [
      "fake",
      "hang",
      0.2,
      "tool call failed for `fake/hang`\n\nCaused by:\n    0: timed out awaiting tools/call after 200ms\n    1: deadline has elapsed",
    ],
    ["nope", "echo", 60, "unknown MCP server 'nope'"],
  ])("of %s/%s fails in known words", async (server, tool, toolTimeoutSec, message) => {
    await using test = startServers({ fake: fakeServer({}, { toolTimeoutSec }) });
    await test.complete;
    const call = test.servers.callTool(server, tool, {}, { signal: never(), elicit: refuse });
    await expect(call).rejects.toThrow(message);
  });

  it.each([
    ["a time limit", { toolTimeoutSec: 0.1 }, never, "the call took too long"],
    ["the user", {}, () => AbortSignal.timeout(100), "the user interrupted the call"],
  ])("that %s ends is taken back at the server", async (_what, rest, signalOf, reason) => {
    using home = tempHome();
    const record = join(home.root, "record");
    await using test = startServers({ fake: fakeServer({ record }, rest) });
    await test.complete;
    await expect(test.text("hang", {}, { signal: signalOf() })).rejects.toThrow("tool call failed");
    await until(() => readFileSync(record, "utf8").includes("notifications/cancelled"));
    const line = readFileSync(record, "utf8")
      .split("\n")
      .find((each) => each.includes("notifications/cancelled"));
    expect(JSON.parse(line ?? "")).toEqual({
      jsonrpc: "2.0",
      method: "notifications/cancelled",
      params: { requestId: 2, reason },
    });
  });

  it("leaves out arguments that the model did not give", async () => {
    using home = tempHome();
    const record = join(home.root, "record");
    await using test = startServers({ fake: fakeServer({ record }) });
    await test.complete;
    await test.servers.callTool("fake", "empty", null, { signal: never(), elicit: refuse });
    const line = readFileSync(record, "utf8")
      .split("\n")
      .find((each) => each.includes("tools/call"));
    expect(JSON.parse(line ?? "")).toEqual({
      jsonrpc: "2.0",
      id: 2,
      method: "tools/call",
      params: { _meta: { progressToken: 1 }, name: "empty" },
    });
  });

  it("goes on when the server reports progress, asks for roots, or says nonsense", async () => {
    await using test = startServers({ fake: fakeServer() });
    await test.complete;
    expect(await test.text("progress")).toBe("done");
    expect(await test.text("stray")).toBe('{"roots":[]}');
    expect(await test.text("garbage")).toBe("after garbage");
  });

  it("runs beside others to the same server", async () => {
    await using test = startServers({ fake: fakeServer() });
    await test.complete;
    const hanging = test.text("hang", {}, { signal: AbortSignal.timeout(200) }).catch(() => "aborted");
    expect(await test.text("echo", { q: "1" })).toBe("echo: 1");
    expect(await hanging).toBe("aborted");
  });
});

describe("a question of a server", () => {
  it("reaches the person with its schema, and the answer reaches the server", async () => {
    await using test = startServers({ fake: fakeServer() });
    await test.complete;
    const asked: Elicitation[] = [];
    const answered = await test.text(
      "ask",
      { q: "your name?" },
      {
        elicit: (question) => {
          asked.push(question);
          return Promise.resolve({ action: "accept", content: { name: "Ada" } });
        },
      },
    );
    expect(JSON.parse(answered)).toEqual({ action: "accept", content: { name: "Ada" } });
    expect(asked).toEqual([
      {
        server: "fake",
        requestId: 0,
        message: "your name?",
        requestedSchema: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
      },
    ]);
  });

  it.each([
    ["decline", '{"action":"decline"}'],
    ["cancel", '{"action":"cancel"}'],
  ] as const)("that is answered with %s carries no content", async (action, expected) => {
    await using test = startServers({ fake: fakeServer() });
    await test.complete;
    expect(await test.text("ask", {}, { elicit: () => Promise.resolve({ action, content: { name: "x" } }) })).toBe(
      expected,
    );
  });

  it("stops the clock of the call while the person thinks", async () => {
    await using test = startServers({ fake: fakeServer({}, { toolTimeoutSec: 60 }) });
    await test.complete;
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    const elicit = async (): Promise<{ action: "decline"; content: null }> => {
      await vi.advanceTimersByTimeAsync(120_000);
      return { action: "decline", content: null };
    };
    try {
      expect(await test.text("ask", {}, { elicit })).toBe('{"action":"decline"}');
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("a list of tools that changes", () => {
  it("holds up no turn, also when it is said to change with every reading", async () => {
    const script = `
      const say = (message) => process.stdout.write(JSON.stringify({ jsonrpc: "2.0", ...message }) + "\\n");
      const greeting = { protocolVersion: "2025-06-18", capabilities: {}, serverInfo: { name: "x", version: "1" } };
      require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
        const { id, method } = JSON.parse(line);
        if (method === "initialize") say({ id, result: greeting });
        if (method !== "tools/list") return;
        say({ method: "notifications/tools/list_changed" });
        say({ id, result: { tools: [{ name: "a", inputSchema: { type: "object" } }] } });
      });`;
    await using test = startServers({ fake: serverConfig({ command: process.execPath, args: ["-e", script] }) });
    await test.complete;
    for (let turn = 0; turn < 3; turn++) await test.servers.ready(null, never());
    expect(test.names()).toEqual(["mcp__fake__a"]);
  });

  it("is read again for the next turn", async () => {
    await using test = startServers({ fake: fakeServer() });
    await test.complete;
    expect(test.names()).not.toContain("mcp__fake__grown");
    await test.text("grow");
    await test.servers.ready(null, never());
    expect(test.names()).toContain("mcp__fake__grown");
  });
});

describe("resources", () => {
  it("are listed page by page, and read", async () => {
    await using test = startServers({ fake: fakeServer() });
    await test.complete;
    const first = await test.servers.listResources("fake", null, never());
    expect(first).toEqual({ resources: [{ mimeType: "text/plain", name: "a", uri: "mem://a" }], nextCursor: "next" });
    expect(await test.servers.listResources("fake", "next", never())).toEqual({
      resources: [{ name: "b", uri: "mem://b" }],
      nextCursor: null,
    });
    expect(await test.servers.listResourceTemplates("fake", null, never())).toEqual({
      resourceTemplates: [{ name: "any", uriTemplate: "mem://{name}" }],
      nextCursor: null,
    });
    expect(await test.servers.readResource("fake", "mem://a", never())).toEqual([
      { uri: "mem://a", mimeType: "text/plain", text: "content" },
    ]);
  });

  it("that cannot be read say why", async () => {
    await using test = startServers({ fake: fakeServer() });
    await test.complete;
    await expect(test.servers.readResource("fake", "mem://none", never())).rejects.toThrow(
      'resources/read failed for `fake` (mem://none): resources/read failed: Mcp error: -32002: no such resource({"uri":"mem://none"})',
    );
    await expect(test.servers.listResources("x", null, never())).rejects.toThrow("unknown MCP server 'x'");
  });

  it("are told with everything else a server has", async () => {
    await using test = startServers({
      fake: fakeServer({}, { enabledTools: ["echo"] }),
      broken: fakeServer({ greeting: "exit" }),
    });
    await test.complete;
    expect(await test.servers.describe()).toMatchObject({
      tools: { mcp__fake__echo: { name: "echo" } },
      resources: { fake: [{ uri: "mem://a" }, { uri: "mem://b" }] },
      resource_templates: { fake: [{ uriTemplate: "mem://{name}" }] },
      auth_statuses: { fake: "unsupported", broken: "unsupported" },
    });
  });
});
