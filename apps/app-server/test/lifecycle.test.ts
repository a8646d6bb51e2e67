/** Beginnings and ends: the end of input, signals, clients that do not read, floods. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { answer, builds, hold, message, shell } from "@codex-ts/test-support";
import { startServer, type TestServer } from "./support/server.js";

const untrusted = { approvalPolicy: "untrusted", sandbox: "workspace-write" };

function sessionText({ home }: TestServer): string {
  const folder = join(home.codexHome, "sessions");
  const file = readdirSync(folder, { recursive: true, encoding: "utf8" }).find((name) => name.endsWith(".jsonl"));
  return readFileSync(join(folder, file ?? ""), "utf8");
}

describe("the end of input", () => {
  it("without a thread ends the server", async () => {
    await using server = await startServer();
    await expect(server.end()).resolves.toBe(0);
  });

  it("before the handshake ends the server", async () => {
    await using server = await startServer({}, false);
    await expect(server.end()).resolves.toBe(0);
  });

  it("while a question is open: it is declined, the turn is cut short in good order, the server ends", async () => {
    await using server = await startServer({
      script: [answer(shell("touch made.txt")), answer(message("never"))],
      answers: { "item/commandExecution/requestApproval": "never" },
    });
    const threadId = await server.thread(untrusted);
    await server.result("turn/start", { threadId, input: [{ type: "text", text: "go" }] });
    await server.untilNotified("item/commandExecution/requestApproval");
    await expect(server.end()).resolves.toBe(0);
    expect(sessionText(server)).toContain('"type":"turn_aborted"');
  });

  it("while a command runs: it is ended, and the turn's end is told and recorded", async () => {
    await using server = await startServer({ script: [answer(shell("sleep 60"))] });
    const threadId = await server.thread({ sandbox: "danger-full-access", approvalPolicy: "never" });
    await server.result("turn/start", { threadId, input: [{ type: "text", text: "go" }] });
    await server.until(({ method, params }) => method === "item/started" && params.item.type === "commandExecution");
    await expect(server.end()).resolves.toBe(0);
    expect(server.received.find(({ method }) => method === "turn/completed")?.params.turn.status).toBe("interrupted");
    expect(sessionText(server)).toContain('"type":"turn_aborted"');
  });

  it("behind a request without a line end: it is still served", async () => {
    await using server = await startServer();
    await server.write('{"id":77,"method":"getUserAgent"}');
    await expect(server.end()).resolves.toBe(0);
    expect(server.received.at(-1)).toHaveProperty("id", 77);
  });
});

describe("signals", () => {
  it.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)("%s ends running turns in good order", async (signal, code) => {
    await using server = await startServer({ script: [answer(hold("go"), message("x"))] });
    const threadId = await server.thread();
    await server.result("turn/start", { threadId, input: [{ type: "text", text: "go" }] });
    await server.model.reached("go");
    server.child.kill(signal);
    await expect(server.exited).resolves.toBe(code);
    expect(sessionText(server)).toContain('"type":"turn_aborted"');
  });
});

describe("a client that does not read", () => {
  it("loses nothing: every piece is there when it reads again, none cut or merged", async () => {
    const pieces = 20_000;
    const words = Array.from({ length: pieces }, (_, n) => `w${String(n).padStart(6, "0")}`).join("");
    await using server = await startServer({ script: [answer(message(words, { deltas: pieces }), hold("end"))] });
    const threadId = await server.thread();
    server.child.stdout.pause();
    server.start("turn/start", { threadId, input: [{ type: "text", text: "go" }] });
    // the server has long been asked to pause when the pipe is full and more requests wait
    for (let sent = 0; sent < 200; sent++) server.start("getUserAgent");
    await server.model.reached("end");
    server.model.release("end");
    server.child.stdout.resume();
    await server.untilNotified("turn/completed");
    const deltas = server.received
      .filter(({ method }) => method === "item/agentMessage/delta")
      .map(({ params }) => params.delta);
    expect(deltas).toHaveLength(pieces);
    expect(deltas.join("")).toBe(words);
  });

  it.skipIf(process.platform !== "linux")(
    "while a command floods it: the command waits, and memory stays bounded",
    async () => {
      const flood = "head -c 150000000 /dev/zero | tr '\\0' a";
      await using server = await startServer({
        script: [answer(shell(flood, { timeout_ms: 60_000 })), answer(message("ok"))],
      });
      const threadId = await server.thread({ sandbox: "danger-full-access", approvalPolicy: "never" });
      server.start("turn/start", { threadId, input: [{ type: "text", text: "go" }] });
      await server.untilNotified("item/commandExecution/outputDelta");
      server.child.stdout.pause();
      for (let sent = 0; sent < 100; sent++) server.start("getUserAgent");
      server.child.stdout.resume();
      await server.untilNotified("turn/completed");
      const told = server.received.filter(({ method }) => method === "item/commandExecution/outputDelta");
      expect(told.reduce((sum, { params }) => sum + params.delta.length, 0)).toBeGreaterThan(10_000_000);
      const status = readFileSync(`/proc/${server.child.pid}/status`, "utf8");
      expect(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1])).toBeLessThan(300_000);
    },
  );

  it("and is gone then: the server ends", async () => {
    await using server = await startServer({ script: [answer(message("x".repeat(100_000), { deltas: 10_000 }))] });
    const threadId = await server.thread();
    server.start("turn/start", { threadId, input: [{ type: "text", text: "go" }] });
    await server.untilNotified("item/agentMessage/delta");
    server.child.stdout.destroy();
    server.child.stdin.end();
    await expect(server.exited).resolves.toBe(0);
  });
});

describe("a flood", () => {
  it("of requests is answered completely and in order", async () => {
    await using server = await startServer();
    const lines = Array.from(
      { length: 5_000 },
      (_, n) => `{"id":${n + 1000},"method":"thread/loaded/list","params":{}}\n`,
    );
    await server.write(lines.join(""));
    await server.reply(5_999);
    const ids = server.received.flatMap(({ id }) => (typeof id === "number" && id >= 1000 ? [id] : []));
    expect(ids).toEqual(Array.from({ length: 5_000 }, (_, n) => n + 1000));
  });
});

describe("the command line and the environment", () => {
  it("count for every thread, below what the thread's client gives", async () => {
    await using server = await startServer({
      flags: ["-c", "model=from-flag", "-c", 'approval_policy="never"'],
    });
    await expect(server.result("thread/start", {})).resolves.toMatchObject({
      model: "from-flag",
      approvalPolicy: "never",
    });
    await expect(server.result("thread/start", { config: { model: "from-config" } })).resolves.toMatchObject({
      model: "from-config",
      approvalPolicy: "never",
    });
    await expect(
      server.result("thread/start", { model: "from-client", config: { model: "from-config" } }),
    ).resolves.toMatchObject({ model: "from-client" });
  });

  it("name the originator", async () => {
    await using server = await startServer({
      env: { CODEX_INTERNAL_ORIGINATOR_OVERRIDE: "wrapper" },
      script: [answer(message("x"))],
    });
    await expect(server.result("getUserAgent")).resolves.toEqual({
      userAgent: expect.stringMatching(/^wrapper\/.*\(test; 1\.0\)$/),
    });
    await server.turn(await server.thread(), "go");
    expect(server.model.requests[0]?.headers["originator"]).toBe("wrapper");
  });

  it.each<[name: string, originator: string]>([
    ["编辑器", "编辑器"],
    ["ü 😀", "ü 😀"],
    ["a\tb", "a\tb"],
    ["", ""],
  ])("come from a client called %j, whose name stands in headers as UTF-8", async (name, originator) => {
    await using server = await startServer({ script: [answer(message("x"))] }, false);
    const { userAgent } = await server.result("initialize", { clientInfo: { name, version: "1" } });
    expect(userAgent.startsWith(`${originator}/`)).toBe(true);
    expect(userAgent.endsWith(`(${name}; 1)`)).toBe(true);
    await server.turn(await server.thread(), "go");
    const { headers } = server.model.requests[0] ?? {};
    const bytes = (text: string): string => Buffer.from(text).toString("latin1");
    expect(headers).toMatchObject({ originator: bytes(originator), "user-agent": bytes(userAgent) });
    expect(JSON.parse(sessionText(server).split("\n")[0] ?? "")).toMatchObject({ payload: { originator } });
  });

  it.each(["a\nb", "a\u007f", "\u0000"])("do not come from a client called %j", async (name) => {
    await using server = await startServer({}, false);
    await expect(server.call("initialize", { clientInfo: { name, version: "1" } })).resolves.toMatchObject({
      error: { code: -32600, message: `Invalid clientInfo.name: '${name}'. Must be a valid HTTP header value.` },
    });
    await expect(server.call("initialize", { clientInfo: { name: "ok", version: "1" } })).resolves.toHaveProperty(
      "result",
    );
  });

  it("with a profile choose it", async () => {
    await using server = await startServer({ config: 'profile = "fast"\n[profiles.fast]\nmodel = "quick"\n' });
    await expect(server.result("thread/start", {})).resolves.toMatchObject({ model: "quick" });
  });

  it("with an override that is none say so and end", async () => {
    await using server = await startServer({ flags: ["-c", "nonsense"] }, false);
    server.start("initialize", { clientInfo: { name: "x", version: "1" } });
    await expect(server.exited).resolves.toBe(1);
    expect(server.stderr()).toContain("nonsense");
  });

  it("with a broken config.toml say so, serve what they can, and refuse threads", async () => {
    await using server = await startServer({ wholeConfig: "model = \n" });
    const { params } = await server.untilNotified("configWarning");
    expect(params).toMatchObject({
      summary: "Invalid configuration; using defaults.",
      path: join(server.home.codexHome, "config.toml"),
      range: { start: { line: 1 } },
    });
    await expect(server.call("thread/start", {})).resolves.toMatchObject({
      error: { code: -32600, message: expect.stringMatching(/^error deriving config: /) },
    });
    await expect(server.result("thread/list", {})).resolves.toEqual({ data: [], nextCursor: null });
  });
});

describe.each(builds())("the $name build", (build) => {
  it("serves turns with commands, and ends with its input", async () => {
    const script = [answer(shell("printf out")), answer(message("ok"))];
    await using server = await startServer({ build, script });
    const threadId = await server.thread({ sandbox: "danger-full-access", approvalPolicy: "never" });
    const ended = await server.turn(threadId, "go");
    expect(ended.params.turn.status).toBe("completed");
    await expect(server.end()).resolves.toBe(0);
  });

  it("ends with a signal", async () => {
    await using server = await startServer({ build });
    await server.thread();
    server.child.kill("SIGTERM");
    await expect(server.exited).resolves.toBe(143);
  });
});

describe("newer clients", () => {
  it("choose what they hear", async () => {
    const capabilities = { optOutNotificationMethods: ["codex/event", "item/agentMessage/delta"] };
    await using server = await startServer({ capabilities, script: [answer(message("x"))] });
    await server.turn(await server.thread(), "go");
    const methods = server.received.map(({ method }) => method ?? "");
    expect(methods.filter((method) => /^codex\/event\/|delta$/.test(method))).toEqual([]);
    expect(methods).toContain("item/completed");
  });
});
