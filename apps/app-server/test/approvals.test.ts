/** What a client is asked, and what its answers do. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { answer, functionCall, message, patch, shell } from "@codex-ts/test-support";
import { startServer, type Message } from "./support/server.js";

const COMMAND = "item/commandExecution/requestApproval";
const PATCH = "item/fileChange/requestApproval";
const untrusted = { approvalPolicy: "untrusted", sandbox: "workspace-write" };

/** Statuses under which an item of this type was ended. */
function ends(received: readonly Message[], type: string): string[] {
  return received
    .filter(({ method, params }) => method === "item/completed" && params.item.type === type)
    .map(({ params }) => params.item.status);
}

describe("a command", () => {
  it("is shown first and then asked about, with all that a person needs to know", async () => {
    await using server = await startServer({
      script: [answer(shell("touch made.txt")), answer(message("ok"))],
      answers: { [COMMAND]: { decision: "decline" } },
    });
    const threadId = await server.thread(untrusted);
    await server.turn(threadId, "go");
    const methods = server.received.map(({ method, params }) => `${method} ${params?.item?.type ?? ""}`.trim());
    expect(methods.indexOf("item/started commandExecution")).toBeLessThan(methods.indexOf(COMMAND));
    const asked = server.received.find(({ method }) => method === COMMAND);
    expect(asked).toMatchObject({
      id: 0,
      params: {
        threadId,
        turnId: "0",
        itemId: "call_1",
        reason: null,
        command: expect.stringMatching(/bash -lc 'touch made.txt'$/),
        cwd: server.home.workspace,
        commandActions: [{ type: "unknown", command: "touch made.txt" }],
        proposedExecpolicyAmendment: ["touch", "made.txt"],
      },
    });
  });

  it.each<[string, unknown, { made: boolean; ends: string[]; turn: string }]>([
    ["accept", { decision: "accept" }, { made: true, ends: ["completed"], turn: "completed" }],
    ["decline", { decision: "decline" }, { made: false, ends: ["declined"], turn: "completed" }],
    ["cancel", { decision: "cancel" }, { made: false, ends: ["declined"], turn: "interrupted" }],
    ["an unknown decision", { decision: "perhaps" }, { made: false, ends: ["declined"], turn: "completed" }],
    ["an answer of another form", [1, 2], { made: false, ends: ["declined"], turn: "completed" }],
    ["null", { decision: null }, { made: false, ends: ["declined"], turn: "completed" }],
    ["an error", { error: { code: -32000, message: "no" } }, { made: false, ends: ["declined"], turn: "completed" }],
  ])("answered with %s has exactly one end", async (_what, reply, expected) => {
    await using server = await startServer({
      script: [answer(shell("touch made.txt")), answer(message("ok"))],
      answers: { [COMMAND]: reply },
    });
    const ended = await server.turn(await server.thread(untrusted), "go");
    expect(ended.params.turn.status).toBe(expected.turn);
    expect(ends(server.received, "commandExecution")).toEqual(expected.ends);
    expect(existsSync(join(server.home.workspace, "made.txt"))).toBe(expected.made);
  });

  it("that was accepted for the session is not asked about again", async () => {
    const touch = answer(shell("touch made.txt"));
    await using server = await startServer({
      script: [touch, answer(shell("touch made.txt", {}, "call_2")), answer(message("ok"))],
      answers: { [COMMAND]: { decision: "acceptForSession" } },
    });
    await server.turn(await server.thread(untrusted), "go");
    expect(server.received.filter(({ method }) => method === COMMAND)).toHaveLength(1);
    expect(ends(server.received, "commandExecution")).toEqual(["completed", "completed"]);
  });

  it("whose rule was accepted is allowed from then on, and the rule is kept", async () => {
    const amendment = { execpolicy_amendment: ["touch", "made.txt"] };
    await using server = await startServer({
      script: [answer(shell("touch made.txt")), answer(message("ok"))],
      answers: { [COMMAND]: { decision: { acceptWithExecpolicyAmendment: amendment } } },
    });
    await server.turn(await server.thread(untrusted), "go");
    const rules = readFileSync(join(server.home.codexHome, "rules", "default.rules"), "utf8");
    expect(rules).toContain('prefix_rule(pattern=["touch", "made.txt"], decision="allow")');
  });

  it("that is asked about while the turn is interrupted ends declined or failed, once, and a late answer means nothing", async () => {
    await using server = await startServer({
      script: [answer(shell("touch made.txt")), answer(message("ok"))],
      answers: { [COMMAND]: "never" },
    });
    const threadId = await server.thread(untrusted);
    await server.result("turn/start", { threadId, input: [{ type: "text", text: "go" }] });
    const asked = await server.untilNotified(COMMAND);
    await server.result("turn/interrupt", { threadId, turnId: "0" });
    await server.untilNotified("turn/completed");
    await server.write(`${JSON.stringify({ id: asked.id, result: { decision: "accept" } })}\n`);
    await server.result("getUserAgent");
    expect(ends(server.received, "commandExecution")).toHaveLength(1);
    expect(existsSync(join(server.home.workspace, "made.txt"))).toBe(false);
  });
});

describe("a patch", () => {
  it.each<[string, unknown, { made: boolean; ends: string[]; turn: string }]>([
    ["accept", { decision: "accept" }, { made: true, ends: ["completed"], turn: "completed" }],
    ["decline", { decision: "decline" }, { made: false, ends: ["declined"], turn: "completed" }],
    ["cancel", { decision: "cancel" }, { made: false, ends: ["declined"], turn: "interrupted" }],
    ["an error", { error: { code: 1, message: "no" } }, { made: false, ends: ["declined"], turn: "completed" }],
  ])("answered with %s has exactly one end", async (_what, reply, expected) => {
    await using server = await startServer({
      script: [answer(patch("*** Add File: made.txt\n+x\n")), answer(message("ok"))],
      answers: { [PATCH]: reply },
    });
    const ended = await server.turn(await server.thread({ ...untrusted, sandbox: "read-only" }), "go");
    expect(ended.params.turn.status).toBe(expected.turn);
    expect(ends(server.received, "fileChange")).toEqual(expected.ends);
    expect(existsSync(join(server.home.workspace, "made.txt"))).toBe(expected.made);
    expect(server.received.find(({ method }) => method === PATCH)?.params).toMatchObject({
      itemId: "call_1",
      reason: null,
      grantRoot: null,
    });
  });
});

describe("a tool of the client's own", () => {
  const dynamicTools = [{ name: "lookup", description: "Looks up", inputSchema: { type: "object", properties: {} } }];
  const script = [answer(functionCall("lookup", { q: 1 })), answer(message("ok"))];

  it.each<[string, unknown, string]>([
    ["its output", { output: "42", success: true }, "42"],
    ["an answer of another form", { foo: 1 }, "dynamic tool response was invalid"],
    ["an error", { error: { code: 1, message: "no" } }, "dynamic tool response was invalid"],
  ])("answered with %s goes on", async (_what, reply, output) => {
    await using server = await startServer({ script, answers: { "item/tool/call": reply } });
    await server.turn(await server.thread({ dynamicTools }), "go");
    expect(server.received.find(({ method }) => method === "item/tool/call")?.params).toMatchObject({
      callId: "call_1",
      tool: "lookup",
      arguments: { q: 1 },
    });
    expect(JSON.stringify(server.model.requests[1]?.body["input"])).toContain(output);
  });

  it.each([
    ["", "dynamic tool name must not be empty"],
    [" a", "dynamic tool name has leading/trailing whitespace:  a"],
    ["mcp__x", "dynamic tool name is reserved: mcp__x"],
  ])("named %j is refused", async (name, text) => {
    await using server = await startServer();
    const reply = await server.call("thread/start", { dynamicTools: [{ ...dynamicTools[0], name }] });
    expect(reply.error).toMatchObject({ code: -32600, message: text });
  });
});
