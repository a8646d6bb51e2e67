/** MCP servers as clients of the app-server see them. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { answer, functionCall, message, tempHome } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { startServer } from "./support/server.js";

/** A server over stdio with one tool, as small as the protocol lets it be. */
const SERVER = `
const answers = {
  initialize: (p) => ({ protocolVersion: p.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: "fake", version: "1" } }),
  "tools/list": () => ({ tools: [{ name: "echo", description: "Says it again", inputSchema: { type: "object", properties: {} } }] }),
  "tools/call": (p) => ({ content: [{ type: "text", text: "echo " + JSON.stringify(p.arguments) }] }),
};
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const result = answers[method]?.(params);
  console.log(JSON.stringify({ jsonrpc: "2.0", id, ...(result ? { result } : { error: { code: -32601, message: "no" } }) }));
});`;

function configured(): { config: string; [Symbol.dispose]: () => void } {
  const home = tempHome();
  const file = join(home.root, "server.cjs");
  writeFileSync(file, SERVER);
  const config = `[mcp_servers.fake]\ncommand = ${JSON.stringify(process.execPath)}\nargs = [${JSON.stringify(file)}]\n`;
  return { config, [Symbol.dispose]: () => home[Symbol.dispose]() };
}

describe("MCP servers", () => {
  it("are listed with what they offer", async () => {
    using fake = configured();
    await using server = await startServer({ config: fake.config });
    await expect(server.result("mcpServerStatus/list", {})).resolves.toMatchObject({
      data: [
        {
          name: "fake",
          tools: { echo: { name: "echo" } },
          resources: [],
          resourceTemplates: [],
          authStatus: "unsupported",
        },
      ],
      nextCursor: null,
    });
    await expect(server.call("mcpServerStatus/list", { cursor: "5" })).resolves.toMatchObject({
      error: { message: "cursor 5 exceeds total MCP servers 1" },
    });
  });

  it("are listed, too, when they are off", async () => {
    using fake = configured();
    await using server = await startServer({ config: `${fake.config}enabled = false\n` });
    await expect(server.result("mcpServerStatus/list", {})).resolves.toMatchObject({
      data: [{ name: "fake", tools: {}, authStatus: "unsupported" }],
    });
  });

  it("are called in turns, each call an item with one end", async () => {
    using fake = configured();
    await using server = await startServer({
      config: fake.config,
      script: [answer(functionCall("mcp__fake__echo", { a: 1 })), answer(message("ok"))],
    });
    await server.turn(await server.thread(), "go");
    const told = server.received.filter(({ params }) => params.item?.type === "mcpToolCall");
    expect(told.map(({ method, params }) => [method, params.item.status])).toEqual([
      ["item/started", "inProgress"],
      ["item/completed", "completed"],
    ]);
    expect(told[1]?.params.item).toMatchObject({
      server: "fake",
      tool: "echo",
      arguments: { a: 1 },
      result: { content: [{ type: "text", text: 'echo {"a":1}' }], structuredContent: null },
      error: null,
    });
  });

  it("that are added join a running thread at its next turn", async () => {
    using fake = configured();
    await using server = await startServer({ script: [answer(message("one")), answer(message("two"))] });
    const threadId = await server.thread();
    await server.turn(threadId, "a");
    const value = { command: process.execPath, args: [/"([^"]+\.cjs)"/.exec(fake.config)?.[1]] };
    await server.result("config/value/write", { keyPath: "mcp_servers.fake", value, mergeStrategy: "replace" });
    await expect(server.result("config/mcpServer/reload")).resolves.toEqual({});
    await server.turn(threadId, "b");
    const names = server.model.requests.map(({ body }) => JSON.stringify(body["tools"]).includes("mcp__fake__echo"));
    expect(names).toEqual([false, true]);
  });

  it.each([
    ["nope", "No MCP server named 'nope' found."],
    ["fake", "OAuth login is only supported for streamable HTTP servers."],
  ])("log in at %s: refused", async (name, text) => {
    using fake = configured();
    await using server = await startServer({ config: fake.config });
    await expect(server.call("mcpServer/oauth/login", { name })).resolves.toMatchObject({
      error: { code: -32600, message: text },
    });
  });
});

describe("rules that are broken", () => {
  it("are told at the start", async () => {
    await using server = await startServer({}, false);
    mkdirSync(join(server.home.codexHome, "rules"), { recursive: true });
    writeFileSync(join(server.home.codexHome, "rules", "default.rules"), "prefix_rule(");
    server.start("initialize", { clientInfo: { name: "x", version: "1" } });
    await expect(server.untilNotified("configWarning")).resolves.toMatchObject({
      params: { summary: "Error parsing rules; custom rules not applied." },
    });
  });
});
