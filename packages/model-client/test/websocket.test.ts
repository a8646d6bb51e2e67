import { createServer, type AddressInfo } from "node:net";
import * as fc from "fast-check";
import type { ResponseItem } from "@codex-ts/protocol";
import { describe, expect, it } from "vitest";
import { TurnConnection, type ModelEvent } from "../src/index.js";
import { FrameReader } from "../src/websocket/frames.js";
import { attempt, request, testClient, type TestClientOptions } from "./requests.js";
import { frame, startWebSocketServer, type Act } from "./websocket-server.js";

const wire: TestClientOptions = { provider: { wireApi: "responses_websocket" } };
const completed = { type: "response.completed", response: { id: "r" } };
const ok: Act = (say) => {
  say.event({ type: "response.output_text.delta", delta: "hi" });
  say.event(completed);
};
const user = (text: string): ResponseItem => ({
  type: "message",
  role: "user",
  content: [{ type: "input_text", text }],
});

describe("the Responses API over a websocket", () => {
  it("sends the request as one message and reads events until the response is complete", async () => {
    await using server = await startWebSocketServer(ok);
    const { events, error } = await attempt(testClient(server, wire).client);
    expect(error).toBeNull();
    expect(events).toEqual([
      { type: "textDelta", itemId: null, delta: "hi" },
      { type: "completed", responseId: "r", usage: null, incomplete: null },
    ]);
    const [message] = server.messages;
    expect(Object.keys(message ?? {}).slice(0, 3)).toEqual(["type", "model", "instructions"]);
    expect(message).toMatchObject({
      type: "response.create",
      store: false,
      stream: true,
      prompt_cache_key: "thread-1",
    });
  });

  it("ends at response.done too", async () => {
    await using server = await startWebSocketServer((say) => say.event({ type: "response.done" }));
    expect((await attempt(testClient(server, wire).client)).events).toHaveLength(1);
  });

  it("shakes hands with the turn's headers and without those of HTTP calls", async () => {
    await using server = await startWebSocketServer(ok);
    const options = {
      provider: { wireApi: "responses_websocket" as const, httpHeaders: { "x-a": "b" }, queryParams: { q: "1" } },
      betaFeatures: ["steer"],
      credentials: async () => ({ kind: "chatgpt" as const, token: "t", accountId: "acc" }),
    };
    await attempt(testClient(server, options).client);
    const [handshake] = server.handshakes;
    expect(handshake?.url).toBe("/v1/responses?q=1");
    expect(handshake?.headers).toMatchObject({
      "x-a": "b",
      "x-codex-beta-features": "steer",
      "x-oai-web-search-eligible": "true",
      session_id: "thread-1",
      authorization: "Bearer t",
      "chatgpt-account-id": "acc",
    });
    for (const absent of ["user-agent", "originator", "accept", "content-type"]) {
      expect(handshake?.headers).not.toHaveProperty(absent);
    }
  });

  it("keeps one connection per turn and sends only new items over it", async () => {
    await using server = await startWebSocketServer(ok);
    const { client } = testClient(server, wire);
    const turn = new TurnConnection();
    const inputs = [[user("a")], [user("a"), user("b")], [user("a"), user("b"), user("c")], [user("c")]];
    for (const input of inputs) await attempt(client, { turn, request: { input } });
    await attempt(client, { turn, request: { input: [user("c"), user("d")], model: "other" } });
    turn.close();
    await attempt(client, { turn: new TurnConnection(), request: { input: [user("a"), user("b")] } });

    const texts = (input: unknown): string =>
      [...JSON.stringify(input).matchAll(/"text":"(\w)"/g)].map((m) => m[1]).join("");
    expect(server.messages.map(({ type, input }) => [type, texts(input)])).toEqual([
      ["response.create", "a"],
      ["response.append", "b"],
      ["response.append", "c"],
      ["response.create", "c"],
      ["response.create", "cd"],
      ["response.create", "ab"],
    ]);
    expect(Object.keys(server.messages[1] ?? {})).toEqual(["type", "input"]);
    expect(server.handshakes).toHaveLength(2);
  });

  it("takes the turn's state from the handshake and keeps it when it has to reconnect", async () => {
    const act: Act = (say, _, index) => {
      if (index === 0) say.drop();
      else ok(say, {}, index);
    };
    const headers = { "x-codex-turn-state": "ts", "x-reasoning-included": "true" };
    await using server = await startWebSocketServer(act, { headers });
    const { client } = testClient(server, wire);
    const turn = new TurnConnection();
    expect((await attempt(client, { turn })).error).toMatchObject({ kind: "streamClosed", retryable: true });
    const { events } = await attempt(client, { turn });
    expect(events[0]).toEqual({ type: "reasoningIncluded" });
    expect(turn.turnState).toBe("ts");
    expect(server.handshakes.map(({ headers: sent }) => sent["x-codex-turn-state"])).toEqual([undefined, "ts"]);
    expect(server.messages.map(({ type }) => type)).toEqual(["response.create", "response.create"]);
    turn.close();
  });

  const faults: { what: string; act: Act; message: string }[] = [
    {
      what: "binary",
      act: (say) => say.bytes(frame(2, "x")),
      message: "stream disconnected before completion: unexpected binary websocket event",
    },
    {
      what: "close",
      act: (say) => say.close(),
      message: "stream disconnected before completion: websocket closed by server before response.completed",
    },
    {
      what: "drop",
      act: (say) => say.drop(),
      message: "stream disconnected before completion: websocket closed by server before response.completed",
    },
    {
      what: "a masked frame",
      act: (say) => say.bytes(Buffer.from([0x81, 0x81, 1, 2, 3, 4, 5])),
      message: "stream disconnected before completion: a server must not mask its frames",
    },
    {
      what: "error event",
      act: (say) => say.event({ type: "error", error: { code: "server_error", message: "oops" } }),
      message: "stream disconnected before completion: oops",
    },
    {
      what: "silence",
      act: () => {},
      message: "stream disconnected before completion: idle timeout waiting for websocket",
    },
  ];
  it.each(faults)("$what is an error, after which the connection is opened anew", async ({ act, message }) => {
    await using server = await startWebSocketServer((say, body, index) => (index === 0 ? act : ok)(say, body, index));
    const provider = { wireApi: "responses_websocket" as const, streamIdleTimeoutMs: 100 };
    const { client, delays } = testClient(server, { provider });
    const turn = new TurnConnection();
    expect((await attempt(client, { turn })).error).toMatchObject({ message, retryable: true });
    expect((await attempt(client, { turn })).error).toBeNull();
    expect(server.handshakes).toHaveLength(2);
    expect(delays).toEqual([]);
    turn.close();
  });

  it("gives up a server that never answers the handshake", async () => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const provider = { wireApi: "responses_websocket" as const, streamIdleTimeoutMs: 20 };
    const { client } = testClient({ url: `http://127.0.0.1:${port}/v1` }, { provider });
    expect((await attempt(client)).error).toMatchObject({
      kind: "connection",
      message: expect.stringContaining("timed out waiting for ws://"),
    });
    server.close();
  });

  it("ends when the abort came as the connection was opened", async () => {
    await using server = await startWebSocketServer(() => {});
    const { client } = testClient(server, wire);
    const turn = new TurnConnection();
    const controller = new AbortController();
    // Between the handshake and the first message there is nobody else to hear of it.
    turn.noteTurnState = () => controller.abort(new Error("enough"));
    await expect(attempt(client, { turn, signal: controller.signal })).rejects.toThrow("enough");
    turn.close();
  });

  it("does not retry what an error event's status forbids", async () => {
    await using server = await startWebSocketServer((say) =>
      say.event({ type: "error", status: 400, error: { message: "bad" } }),
    );
    expect((await attempt(testClient(server, wire).client)).error).toMatchObject({ message: "bad", retryable: false });
  });

  it("answers pings, joins fragments and reads long messages", async () => {
    const long = "x".repeat(70_000);
    const text = JSON.stringify({ type: "response.output_text.delta", delta: long });
    await using server = await startWebSocketServer((say) => {
      say.bytes(frame(9, "are you there"));
      say.bytes(frame(1, text.slice(0, 100), false));
      say.bytes(frame(10, ""));
      say.bytes(frame(0, text.slice(100, 300), false));
      say.bytes(frame(0, text.slice(300)));
      say.event({ type: "response.output_text.delta", delta: "y".repeat(300) });
      say.event(completed);
    });
    const { events } = await attempt(testClient(server, wire).client, { request: { instructions: long } });
    expect(events.map((event) => (event.type === "textDelta" ? event.delta.length : event.type))).toEqual([
      70_000,
      300,
      "completed",
    ]);
    expect(server.messages[0]?.["instructions"]).toBe(long);
    await expect.poll(() => server.pongs).toEqual(["are you there"]);
  });

  it.each([
    [401, "no", { kind: "httpStatus", message: /^unexpected status 401 Unauthorized: no, url: ws:/, retryable: false }],
    [503, "down", { kind: "httpStatus", message: /^unexpected status 503/, retryable: true }],
    [500, "", { kind: "serverError", retryable: true }],
    [429, '{"error":{"type":"usage_limit_reached"}}', { kind: "usageLimit", retryable: false }],
  ])("a handshake refused with %s is an error like any other, without silent retries", async (status, body, error) => {
    await using server = await startWebSocketServer(ok, { refuse: () => ({ status, body }) });
    const result = await attempt(testClient(server, wire).client);
    const { message, ...rest } = { message: /./, ...error };
    expect(result.error).toMatchObject(rest);
    expect(result.error?.message).toMatch(message);
    expect(server.handshakes).toHaveLength(1);
  });

  it("renews the login after a handshake refused with 401", async () => {
    await using server = await startWebSocketServer(ok, {
      refuse: (index) => (index === 0 ? { status: 401, body: "" } : null),
    });
    let token = "old";
    const { client } = testClient(server, {
      ...wire,
      credentials: async () => ({ kind: "chatgpt", token, accountId: null }),
      onUnauthorized: async () => {
        token = "new";
        return { kind: "retry" };
      },
    });
    expect((await attempt(client)).error).toBeNull();
    expect(server.handshakes.map(({ headers }) => headers.authorization)).toEqual(["Bearer old", "Bearer new"]);
  });

  it("says when nobody listens", async () => {
    const { error } = await attempt(testClient({ url: "http://127.0.0.1:9/v1" }, wire).client);
    expect(error).toMatchObject({
      kind: "connection",
      message: "stream disconnected before completion: error sending request for url (ws://127.0.0.1:9/v1/responses)",
    });
  });

  it("is left at once when the signal says so", async () => {
    await using server = await startWebSocketServer((say) =>
      say.event({ type: "response.output_text.delta", delta: "a" }),
    );
    const { client } = testClient(server, wire);
    const controller = new AbortController();
    const options = { signal: controller.signal, turn: new TurnConnection(), retries: client.newRetryBudget() };
    const run = async (): Promise<void> => {
      for await (const _ of client.stream(request, options)) controller.abort(new Error("interrupted"));
    };
    await expect(run()).rejects.toThrow("interrupted");
  });
});

describe("frames", () => {
  it("are the same however their bytes are cut", () => {
    const texts = ["", "a", "é😀", "x".repeat(125), "x".repeat(126), "y".repeat(70_000)];
    const bytes = Buffer.concat([
      ...texts.map((text) => frame(1, text)),
      frame(9, "p"),
      frame(8, Buffer.from([3, 232])),
    ]);
    const whole = new FrameReader().push(bytes);
    expect(whole).toEqual([
      ...texts.map((text) => ({ kind: "text", text })),
      { kind: "ping", payload: Buffer.from("p") },
      { kind: "close", code: 1000 },
    ]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 60 }), (sizes) => {
        const reader = new FrameReader();
        const frames: unknown[] = [];
        let at = 0;
        for (const size of [...sizes, bytes.length]) {
          frames.push(...reader.push(bytes.subarray(at, at + size)));
          at += size;
        }
        expect(frames).toEqual(whole);
      }),
      { numRuns: process.env["CODEX_TS_NIGHTLY"] ? 2000 : 100 },
    );
  });

  it.each([
    ["an extension nobody agreed on", Buffer.from([0xc1, 0x00])],
    ["a continuation of nothing", frame(0, "x")],
    ["a new message inside another", Buffer.concat([frame(1, "x", false), frame(1, "y")])],
    ["an absurd length", Buffer.from([0x81, 127, 0x7f, 0, 0, 0, 0, 0, 0, 0])],
  ])("that break the protocol are refused: %s", (_, bytes) => {
    expect(() => new FrameReader().push(bytes)).toThrow(/./);
  });
});

it("hands events on in the batches in which they came", async () => {
  await using server = await startWebSocketServer(ok);
  const { client } = testClient(server, wire);
  const batches: (readonly ModelEvent[])[] = [];
  const turn = new TurnConnection();
  const options = { signal: new AbortController().signal, turn, retries: client.newRetryBudget() };
  for await (const batch of client.stream(request, options)) batches.push(batch);
  expect(batches.flat()).toHaveLength(2);
  expect(batches.every((batch) => batch.length > 0)).toBe(true);
  turn.close();
});
