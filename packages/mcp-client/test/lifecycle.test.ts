import { existsSync, readFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { fakeMcpProgram, tempHome, type FakeMcpScript } from "@codex-ts/test-support";
import { LineBuffer } from "../src/transport/line-buffer.js";
import { StdioTransport } from "../src/transport/stdio.js";
import { fakeServer, never, startServers, until } from "./support/thread.js";

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that nobody has buried yet counts as gone.
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}

async function started(
  script: FakeMcpScript,
): Promise<{ close: () => Promise<void>; pids: number[]; record: () => string; done: () => void }> {
  const home = tempHome();
  const record = join(home.root, "record");
  const test = startServers({ fake: fakeServer({ ...script, record }) });
  await test.complete;
  const text = readFileSync(record, "utf8");
  const pids = [...text.matchAll(/^(?:pid|child) (\d+)$/gm)].map(([, pid]) => Number(pid));
  return {
    close: () => test.servers.close(),
    pids,
    record: () => readFileSync(record, "utf8"),
    done: () => home[Symbol.dispose](),
  };
}

describe("a server that is closed", () => {
  it.each<[string, FakeMcpScript, string[]]>([
    ["ends by itself when its stdin does", {}, ["eof"]],
    ["is told to end when it goes on", { staysAfterEof: true }, ["eof", "term"]],
    ["is killed when it will not hear", { staysAfterEof: true, ignoresTerm: true }, ["eof", "term"]],
  ])("%s", async (_what, script, expected) => {
    const server = await started(script);
    expect(server.pids.every(lives)).toBe(true);
    await server.close();
    expect(server.pids.some(lives)).toBe(false);
    expect(
      server
        .record()
        .split("\n")
        .filter((line) => line === "eof" || line === "term"),
    ).toEqual(expected);
    server.done();
  });

  it("takes what it started with it", async () => {
    const server = await started({ startsChild: true });
    expect(server.pids).toHaveLength(2);
    await server.close();
    await until(() => !server.pids.some(lives));
    server.done();
  });

  it("in the middle of its start leaves nothing", async () => {
    using home = tempHome();
    const record = join(home.root, "record");
    const test = startServers({ fake: fakeServer({ greeting: "hang", record }) });
    await until(() => existsSync(record) && readFileSync(record, "utf8").includes("initialize"));
    const pid = Number(/pid (\d+)/.exec(readFileSync(record, "utf8"))?.[1]);
    await test.servers.close();
    await until(() => !lives(pid));
    expect(test.heard.complete?.cancelled).toEqual(["fake"]);
  });
});

describe("a program that ends without closing its servers", () => {
  it.each(["exit", "throw", "SIGKILL"])("(%s) leaves none behind", async (end) => {
    using home = tempHome();
    const record = join(home.root, "record");
    const { command, args } = fakeMcpProgram({ record, startsChild: end !== "SIGKILL" });
    const script = `
      import { ChildTree } from ${JSON.stringify(join(import.meta.dirname, "..", "src", "transport", "child-tree.ts"))};
      const tree = await ChildTree.start({ command: ${JSON.stringify(command)}, args: ${JSON.stringify(args)}, env: process.env, cwd: "/" });
      tree.process.stdin.write(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" }) + "\\n");
      tree.process.stdout.once("data", () => {
        if (${JSON.stringify(end)} === "exit") process.exit(0);
        if (${JSON.stringify(end)} === "throw") throw new Error("as if by mistake");
        process.kill(process.pid, "SIGKILL");
      });`;
    const child = spawn("bun", ["-e", script], { stdio: "ignore", env: { ...process.env, HOME: home.home } });
    await new Promise((resolve) => child.once("exit", resolve));
    const pids = [...readFileSync(record, "utf8").matchAll(/^(?:pid|child) (\d+)$/gm)].map(([, pid]) => Number(pid));
    expect(pids.length).toBeGreaterThan(0);
    await until(() => !pids.some(lives));
  });
});

describe("a server that fails", () => {
  it("hurts its own tools only", async () => {
    await using test = startServers({ fake: fakeServer(), other: fakeServer() });
    await test.complete;
    await expect(test.text("exit")).rejects.toThrow("Transport closed");
    await expect(test.text("echo")).rejects.toThrow("Transport closed");
    expect(test.names().every((name) => name.startsWith("mcp__other__"))).toBe(true);
    const { content } = await test.servers.callTool(
      "other",
      "echo",
      { q: "here" },
      { signal: never(), elicit: () => Promise.reject() },
    );
    expect(content).toEqual([{ type: "text", text: "echo: here" }]);
  });

  it("by talking without end does not keep others from work", async () => {
    await using test = startServers({ fake: fakeServer(), other: fakeServer() });
    await test.complete;
    const flood = test.text("flood", { count: 300_000 }).catch((error: unknown) => String(error));
    const answers: unknown[] = [];
    for (let n = 0; n < 20; n++) {
      const { content } = await test.servers.callTool(
        "other",
        "echo",
        { q: n },
        { signal: never(), elicit: () => Promise.reject() },
      );
      answers.push(content);
    }
    expect(answers).toHaveLength(20);
    await test.servers.close();
    expect(await flood).toContain("Transport closed");
  });

  it("with a message beyond all bounds is cut off", async () => {
    await using test = startServers({ fake: fakeServer() });
    await test.complete;
    expect((await test.text("huge", { size: 3_000_000 })).length).toBe(3_000_000);
    await expect(test.text("huge", { size: 70 * 1024 * 1024 })).rejects.toThrow("more than 64 MiB");
    expect(test.names()).toEqual([]);
  });
});

describe("lines", () => {
  it("are the same however the bytes arrive", () => {
    const text = Buffer.from('{"a":"ä€😀"}\n\n{"b":2}\r\nrest');
    for (let size = 1; size <= text.length; size++) {
      const lines = new LineBuffer();
      const found: string[] = [];
      for (let at = 0; at < text.length; at += size) found.push(...lines.push(text.subarray(at, at + size)));
      expect(found).toEqual(['{"a":"ä€😀"}', "", '{"b":2}\r']);
    }
  });

  it("have a limit", () => {
    expect(() => new LineBuffer(10).push(Buffer.from("x".repeat(11)))).toThrow("more than");
    expect(new LineBuffer(10).push(Buffer.from(`${"x".repeat(10)}\n`))).toEqual(["x".repeat(10)]);
  });
});

describe("a server that prints without end what is no message", () => {
  it.each(["no JSON", "", '{"a":1}'])("(%j) is read slowly and fills no log", async (line) => {
    const script = `const lines = ${JSON.stringify(`${line}\n`)}.repeat(10_000); (function go() { process.stdout.write(lines, go); })();`;
    const program = { command: process.execPath, args: ["-e", script], env: {}, cwd: process.cwd() };
    const log: string[] = [];
    const transport = new StdioTransport(program, (_level, text) => log.push(text));
    await transport.open({ message: () => false, closed: () => {} });
    // A while it is read as fast as it writes; then nearly all the time is left to others.
    let utilization = 1;
    for (let n = 0; n < 20 && utilization > 0.5; n++) {
      const before = performance.eventLoopUtilization();
      await delay(300);
      utilization = performance.eventLoopUtilization(before).utilization;
    }
    await transport.close();
    expect(utilization).toBeLessThan(0.5);
    expect(log.length).toBeLessThan(30);
  });
});
