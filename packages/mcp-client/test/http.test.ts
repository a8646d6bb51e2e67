import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import * as fc from "fast-check";
import { startFakeMcpHttp } from "@codex-ts/test-support";
import { fixedAuthorization } from "@codex-ts/mcp-client";
import { EventParser } from "../src/transport/event-stream.js";
import { PushStream } from "../src/transport/push-stream.js";
import { never, serverConfig, startServers, until } from "./support/thread.js";

describe("a server behind a URL", () => {
  it.each(["json", "events"] as const)("is greeted, listed and called when it answers with %s", async (answers) => {
    await using fake = await startFakeMcpHttp({ answers });
    await using test = startServers({ fake: serverConfig({ url: fake.url }) });
    expect((await test.complete).ready).toEqual(["fake"]);
    expect(await test.text("echo", { q: "hi" })).toBe("echo: hi");
    expect(fake.methods()).toEqual(["initialize", "notifications/initialized", "tools/list", "tools/call"]);
    const [first] = fake.seen;
    expect(first?.headers).toMatchObject({
      accept: "text/event-stream, application/json",
      "content-type": "application/json",
    });
    expect(first?.headers).not.toHaveProperty("authorization");
  });

  it("sees the headers of the config with every request, and the version once it is agreed on", async () => {
    await using fake = await startFakeMcpHttp({ pushes: true });
    const config = serverConfig({ url: fake.url, httpHeaders: { "X-A": "1" }, envHttpHeaders: { "X-E": "E" } });
    await using test = startServers({ fake: config }, { env: { E: "e" } });
    await test.complete;
    await until(() => fake.listeners() === 1);
    expect(fake.seen.every(({ headers }) => headers["x-a"] === "1" && headers["x-e"] === "e")).toBe(true);
    const versions = fake.seen.map(({ headers }) => headers["mcp-protocol-version"]);
    expect(versions[0]).toBeUndefined();
    expect(versions.slice(1).every((version) => version === "2025-06-18")).toBe(true);
  });

  it("gets the token of the config", async () => {
    await using fake = await startFakeMcpHttp({ tokens: ["T1"] });
    const config = serverConfig({ url: fake.url, bearerTokenEnvVar: "TOK" });
    await using good = startServers({ fake: config }, { env: { TOK: "T1" } });
    await using bad = startServers({ fake: config }, { env: { TOK: "T2" } });
    expect((await good.complete).ready).toEqual(["fake"]);
    expect((await bad.complete).failed[0]?.error).toBe(
      "The fake MCP server is not logged in. Run `codex mcp login fake`.",
    );
  });

  it("gets another login when it refuses the first", async () => {
    await using fake = await startFakeMcpHttp({ tokens: ["new"] });
    let token = "old";
    const login = {
      headers: () => Promise.resolve({ authorization: `Bearer ${token}` }),
      renew: () => {
        token = "new";
        return Promise.resolve(true);
      },
    };
    await using test = startServers({ fake: serverConfig({ url: fake.url }) }, { login: () => login });
    expect((await test.complete).ready).toEqual(["fake"]);
  });

  it("gets its session back with every request, and a goodbye", async () => {
    await using fake = await startFakeMcpHttp({ sessions: true });
    const test = startServers({ fake: serverConfig({ url: fake.url }) });
    await test.complete;
    await test.servers.close();
    expect(new Set(fake.seen.slice(1).map(({ headers }) => headers["mcp-session-id"]))).toEqual(
      new Set(["session-1-0"]),
    );
    expect(fake.seen.at(-1)?.method).toBe("DELETE");
  });

  it("that has forgotten the session is greeted again", async () => {
    await using fake = await startFakeMcpHttp({ sessions: true });
    await using test = startServers({ fake: serverConfig({ url: fake.url }) });
    await test.complete;
    fake.forgetSessions();
    expect(await Promise.all([test.text("echo", { q: 1 }), test.text("echo", { q: 2 })])).toEqual([
      "echo: 1",
      "echo: 2",
    ]);
    expect(fake.methods().filter((method) => method === "initialize")).toHaveLength(2);
  });

  it("may ask the person in the middle of a call", async () => {
    await using fake = await startFakeMcpHttp({ answers: "events" });
    await using test = startServers({ fake: serverConfig({ url: fake.url }) });
    await test.complete;
    const elicit = () => Promise.resolve({ action: "accept" as const, content: { name: "Ada" } });
    expect(await test.text("ask", {}, { elicit })).toBe('{"action":"accept","content":{"name":"Ada"}}');
  });

  it("may talk on a stream of its own", async () => {
    await using fake = await startFakeMcpHttp({ pushes: true });
    await using test = startServers({ fake: serverConfig({ url: fake.url }) });
    await test.complete;
    await until(() => fake.listeners() === 1);
    await test.text("grow");
    await until(() => fake.methods().filter((method) => method === "tools/list").length === 2);
    await test.servers.ready(null, never());
    expect(test.names()).toContain("mcp__fake__grown");
  });

  it("whose stream breaks is asked for the rest", async () => {
    await using fake = await startFakeMcpHttp({ answers: "events", breaks: 2 });
    await using test = startServers({ fake: serverConfig({ url: fake.url }) });
    await test.complete;
    expect(await test.text("echo", { q: "whole" })).toBe("echo: whole");
    expect(fake.seen.filter(({ headers }) => "last-event-id" in headers).length).toBe(2);
  });

  it.each([
    ["a status", () => new Response("on fire", { status: 500 }), "HTTP status 500: on fire"],
    ["no answer", () => new Response("", { status: 200 }), "the server's reply holds no answer"],
    [
      "a page",
      () => new Response("<html>", { status: 200, headers: { "content-type": "text/html" } }),
      "the server's reply holds no answer (text/html)",
    ],
    [
      "an empty stream",
      () => new Response("", { headers: { "content-type": "text/event-stream" } }),
      "the stream ended before the answer",
    ],
  ])("that answers with %s fails at once", async (_what, answer, message) => {
    await using test = startServers(
      { fake: serverConfig({ url: "http://127.0.0.1:1/" }) },
      { fetch: () => Promise.resolve(answer()) },
    );
    expect((await test.complete).failed[0]?.error).toContain(`handshaking with MCP server failed: ${message}`);
  });

  it("that cannot be reached fails at once", async () => {
    await using test = startServers({ fake: serverConfig({ url: "http://127.0.0.1:1/mcp" }) });
    expect((await test.complete).failed[0]?.error).toContain("handshaking with MCP server failed");
  });

  it("that never takes the greeting's last word does not hold up the start", async () => {
    await using fake = await startFakeMcpHttp();
    await using test = startServers(
      { fake: serverConfig({ url: fake.url }, { startupTimeoutSec: 0.5 }) },
      { fetch: (url, init) => (saysReady(init) ? neverAnswers(init) : fetch(url, init)) },
    );
    expect((await test.complete).failed[0]?.error).toContain("timed out after 0 seconds");
  });

  it("may answer the greeting's last word with a stream that stays open", async () => {
    await using fake = await startFakeMcpHttp();
    const open = (): Response =>
      new Response(new ReadableStream(), { headers: { "content-type": "text/event-stream" } });
    await using test = startServers(
      { fake: serverConfig({ url: fake.url }, { startupTimeoutSec: 5 }) },
      { fetch: (url, init) => (saysReady(init) ? Promise.resolve(open()) : fetch(url, init)) },
    );
    expect((await test.complete).ready).toEqual(["fake"]);
  });

  it.each([
    ["cannot be reached", () => Promise.reject(new TypeError("fetch failed"))],
    ["is not well", () => Promise.resolve(new Response("restarting", { status: 503 }))],
  ])("that %s for a while is listened to again", async (_what, trouble) => {
    await using fake = await startFakeMcpHttp({ pushes: true });
    let tries = 0;
    await using test = startServers(
      { fake: serverConfig({ url: fake.url }) },
      { fetch: (url, init) => (init.method === "GET" && ++tries === 1 ? trouble() : fetch(url, init)) },
    );
    await test.complete;
    await until(() => fake.listeners() === 1);
    expect(tries).toBe(2);
  });

  it("that knows no such request as one for a stream of its own is not asked for it again", async () => {
    await using fake = await startFakeMcpHttp();
    let tries = 0;
    const refused = (): Response => (tries++, new Response("unknown method", { status: 501 }));
    await using test = startServers(
      { fake: serverConfig({ url: fake.url }) },
      { fetch: (url, init) => (init.method === "GET" ? Promise.resolve(refused()) : fetch(url, init)) },
    );
    await test.complete;
    await delay(1_300);
    expect(tries).toBe(1);
  });

  const fails = (): Promise<Response> => Promise.reject(new TypeError("fetch failed"));
  const opens = (): Promise<Response> =>
    Promise.resolve(new Response("", { headers: { "content-type": "text/event-stream" } }));

  it.each([
    ["has no stream of its own is asked for it once", () => Promise.resolve(null), 1],
    ["only ever fails when asked for one is asked a few times", fails, 5],
    ["had one open is asked for it again and again", (at: number) => (at === 1 ? opens() : fails()), 8],
  ])("that %s", async (_what, get, times) => {
    const closing = new AbortController();
    let tries = 0;
    const counted = (): Promise<Response | null> => get(++tries);
    const stream = new PushStream({ get: counted, deliver: () => {}, signal: closing.signal, firstPauseMs: 1 });
    stream.begin();
    // The eighth comes after 127 ms; there may be more by the time that anybody looks.
    await vi.waitFor(() => expect(tries).toBeGreaterThanOrEqual(times));
    if (times < 8) await delay(250);
    closing.abort();
    expect(Math.min(tries, 8)).toBe(times);
  });

  it("is left when a call is interrupted, and told", async () => {
    await using fake = await startFakeMcpHttp({ answers: "events" });
    await using test = startServers(
      { fake: serverConfig({ url: fake.url }) },
      { login: () => fixedAuthorization(() => Promise.resolve({})) },
    );
    await test.complete;
    await expect(test.text("hang", {}, { signal: AbortSignal.timeout(50) })).rejects.toThrow("cancelled");
    await until(() => fake.methods().includes("notifications/cancelled"));
  });
});

function saysReady({ body }: RequestInit): boolean {
  return typeof body === "string" && body.includes("notifications/initialized");
}

function neverAnswers({ signal }: RequestInit): Promise<Response> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason as Error));
  });
}

describe("server-sent events", () => {
  it("cost their length, also when one line comes in many pieces", () => {
    const time = (pieces: number): number => {
      const parser = new EventParser();
      const piece = "x".repeat(16_384);
      const began = performance.now();
      for (let n = 0; n < pieces; n++) expect([...parser.push(n === 0 ? "data: " : piece)]).toEqual([]);
      expect([...parser.push("\n\n")]).toHaveLength(1);
      return performance.now() - began;
    };
    time(100);
    // 32 MiB: seconds, when every piece is looked at again with each that follows.
    expect(time(2_048)).toBeLessThan(1_500);
  });

  it("may be as many as they like, and so may comments", () => {
    const parser = new EventParser();
    const comment = `: ${"x".repeat(1024 * 1024)}\n\n`;
    for (let n = 0; n < 70; n++) expect([...parser.push(comment)]).toEqual([]);
    expect([...parser.push("data: x\n\n")]).toEqual([{ data: "x", id: null }]);
  });

  const stream =
    'id: 1\r\ndata: {"a":\r\ndata: 1}\r\n\r\n: comment\n\ndata:x\nid\n\nevent: y\rdata: z\r\rdata: unfinished';
  const expected = [
    { data: '{"a":\n1}', id: "1" },
    { data: "x", id: "" },
    { data: "z", id: "" },
  ];

  it("are the same however they arrive", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (sizes) => {
        const parser = new EventParser();
        const events: unknown[] = [];
        for (let at = 0, n = 0; at < stream.length; n++) {
          const size = sizes[n % sizes.length] ?? 1;
          events.push(...parser.push(stream.slice(at, at + size)));
          at += size;
        }
        expect(events).toEqual(expected);
      }),
    );
  });
});
