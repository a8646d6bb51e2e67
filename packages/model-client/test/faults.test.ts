import * as fc from "fast-check";
import {
  answer,
  completed,
  created,
  drop,
  functionCall,
  hold,
  httpReply,
  message,
  raw,
  reasoning,
  send,
  startFakeModel,
  stream,
} from "@codex-ts/test-support";
import { afterEach, describe, expect, it, vi } from "vitest";
import { TurnConnection, type Fetch, type ModelEvent } from "../src/index.js";
import { ResponsesDecoder } from "../src/responses/decoder.js";
import { readEventStream } from "../src/sse/read-stream.js";
import { attempt, request, testClient } from "./requests.js";

const useFakeClock = (): void => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
afterEach(() => void vi.useRealTimers());

/** A server that takes the request and says nothing. */
const neverAnswers: Fetch = (_, { signal }) =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason as Error));
  });

describe("a stream with faults", () => {
  it("that is cut in the middle of a line keeps what came before", async () => {
    await using server = await startFakeModel([
      stream(created(), message("one"), raw('data: {"type":"resp'), hold("cut"), drop()),
    ]);
    const { events, error } = await attempt(testClient(server).client, {
      onEvent: (event) => {
        if (event.type === "itemDone") server.release("cut");
      },
    });
    expect(events.map(({ type }) => type)).toEqual(["rateLimits", "created", "itemAdded", "textDelta", "itemDone"]);
    expect(error).toMatchObject({ kind: "streamClosed", retryable: true });
  });

  it("that closes before the response is complete says so", async () => {
    await using server = await startFakeModel([stream(created(), message("one"))]);
    const { error } = await attempt(testClient(server).client);
    expect(error?.message).toBe("stream disconnected before completion: stream closed before response.completed");
  });

  it("that stalls is given up after the idle time", async () => {
    await using server = await startFakeModel([stream(created(), hold("forever"))]);
    const { events, error } = await attempt(testClient(server, { provider: { streamIdleTimeoutMs: 50 } }).client);
    expect(events.at(-1)?.type).toBe("created");
    expect(error).toMatchObject({
      kind: "idleTimeout",
      retryable: true,
      message: "stream disconnected before completion: idle timeout waiting for SSE",
    });
  });

  it("whose server sends bytes but no event is as dead as a silent one", async () => {
    useFakeClock();
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          vi.advanceTimersByTime(20);
          controller.enqueue(new TextEncoder().encode(": ping\n"));
        },
      },
      { highWaterMark: 0 },
    );
    const read = async (): Promise<void> => {
      for await (const batch of readEventStream(body, new ResponsesDecoder(), 40, new AbortController().signal)) {
        expect(batch).toEqual([]);
      }
    };
    await expect(read()).rejects.toThrow("idle timeout waiting for SSE");
  });

  it("that trickles in slowly, but does, is not idle", async () => {
    useFakeClock();
    const text = new TextEncoder();
    let left = 12;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          vi.advanceTimersByTime(40);
          left -= 1;
          const event = left === 0 ? { type: "response.done" } : { type: "response.output_text.delta", delta: "a" };
          controller.enqueue(text.encode(`data: ${JSON.stringify(event)}\n\n`));
        },
      },
      { highWaterMark: 0 },
    );
    const events: ModelEvent[] = [];
    for await (const batch of readEventStream(body, new ResponsesDecoder(), 60, new AbortController().signal)) {
      events.push(...batch);
    }
    expect(events).toHaveLength(12);
  });

  it("is not called idle while its reader is busy", async () => {
    useFakeClock();
    const text = new TextEncoder();
    const events = [{ type: "response.output_text.delta", delta: "a" }, { type: "response.done" }];
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const event = events.shift();
        if (event === undefined) controller.close();
        else controller.enqueue(text.encode(`data: ${JSON.stringify(event)}\n\n`));
      },
    });
    let batches = 0;
    for await (const batch of readEventStream(body, new ResponsesDecoder(), 60, new AbortController().signal)) {
      batches += batch.length;
      vi.advanceTimersByTime(1000);
    }
    expect(batches).toBe(2);
  });

  it("with garbage between its events loses only the garbage", async () => {
    const garbage = raw("data: {broken\n\nnonsense\n\ndata: 5\n\ndata: [DONE]\n\n\u0000\u0001\n\n");
    await using server = await startFakeModel([answer(garbage, message("one"), garbage)]);
    const { events, error } = await attempt(testClient(server).client);
    expect(error).toBeNull();
    expect(events.map(({ type }) => type)).toEqual([
      "rateLimits",
      "created",
      "itemAdded",
      "textDelta",
      "itemDone",
      "completed",
    ]);
  });

  it("with the same item twice hands on both: what to do with them is core's affair", async () => {
    await using server = await startFakeModel([answer(functionCall("n", {}, "c"), functionCall("n", {}, "c"))]);
    const { events } = await attempt(testClient(server).client);
    expect(events.filter(({ type }) => type === "itemDone")).toHaveLength(2);
  });

  it("that goes on after the response is complete is not read on", async () => {
    await using server = await startFakeModel([stream(created(), completed(), message("late"), hold("forever"))]);
    const { events, error } = await attempt(testClient(server).client);
    expect(error).toBeNull();
    expect(events.map(({ type }) => type)).toEqual(["rateLimits", "created", "completed"]);
  });

  it("that reports a failure ends at once, though the server keeps it open", async () => {
    const failure = [send("response.failed", { response: { error: { code: "server_error", message: "x" } } })];
    await using server = await startFakeModel([stream(created(), message("one"), failure, hold("forever"))]);
    const { events, error } = await attempt(testClient(server).client);
    expect(error?.kind).toBe("responseFailed");
    expect(events.at(-1)?.type).toBe("itemDone");
  });

  it("that is a web page is refused with the address", async () => {
    await using server = await startFakeModel([
      httpReply(200, "<html></html>", { "content-type": "text/html; charset=utf-8" }),
    ]);
    const { error } = await attempt(testClient(server).client);
    expect(error).toMatchObject({ kind: "notAStream", retryable: false });
    expect(error?.message).toContain(`${server.url}/responses answered with a web page`);
    expect(error?.message).toContain("base_url");
  });

  it("may be waited for as long as anybody wants", async () => {
    await using server = await startFakeModel([answer()]);
    const { error } = await attempt(testClient(server, { provider: { streamIdleTimeoutMs: 1e15 } }).client);
    expect(error).toBeNull();
  });

  it("whose headers never come is given up in the end, and is worth another attempt", async () => {
    const provider = { requestMaxRetries: 0, streamIdleTimeoutMs: 20 };
    const { client } = testClient({ url: "http://model.invalid" }, { provider, fetch: neverAnswers });
    expect((await attempt(client)).error).toMatchObject({
      kind: "connection",
      retryable: true,
      message: "stream disconnected before completion: timed out waiting for http://model.invalid/responses",
    });
  });

  it("that is refused with a body that never ends is refused all the same", async () => {
    useFakeClock();
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          vi.advanceTimersByTime(6000);
          controller.enqueue(new TextEncoder().encode("no "));
        },
      },
      { highWaterMark: 0 },
    );
    const { client } = testClient(
      { url: "http://model.invalid" },
      { fetch: async () => new Response(body, { status: 400 }) },
    );
    expect((await attempt(client)).error).toMatchObject({ kind: "badRequest", message: "no " });
  });

  it("is left at once when the signal says so, with the signal's reason", async () => {
    await using server = await startFakeModel([stream(created(), hold("forever"))]);
    const { client } = testClient(server);
    const controller = new AbortController();
    const options = { signal: controller.signal, turn: new TurnConnection(), retries: client.newRetryBudget() };
    const run = async (): Promise<void> => {
      for await (const batch of client.stream(request, options)) {
        if (batch.some(({ type }) => type === "created")) controller.abort(new Error("interrupted"));
      }
    };
    await expect(run()).rejects.toThrow("interrupted");
  });

  it("is not even begun when the signal was aborted before", async () => {
    await using server = await startFakeModel([answer()]);
    await expect(attempt(testClient(server).client, { signal: AbortSignal.abort(new Error("no")) })).rejects.toThrow(
      "no",
    );
    expect(server.requests).toHaveLength(0);
  });

  it("is waited for between silent retries only until the signal says stop", async () => {
    await using server = await startFakeModel([httpReply(503, "")]);
    const controller = new AbortController();
    const { client } = testClient(server, {
      sleep: async (_, signal) => {
        controller.abort(new Error("stop"));
        signal.throwIfAborted();
      },
    });
    await expect(attempt(client, { signal: controller.signal })).rejects.toThrow("stop");
  });
});

describe("the bytes of a stream", () => {
  const sse = [
    ...created(),
    ...reasoning("**Dächer** 😀", { raw: "räw" }),
    ...message("Grüße, 世界 👩‍👩‍👧", { deltas: 4 }),
    ...completed(),
  ]
    .map((step) =>
      step.do === "send" ? `event: ${step.event.type}\r\ndata: ${JSON.stringify(step.event)}\r\n\r\n` : "",
    )
    .join("");
  const bytes = new TextEncoder().encode(sse);

  const read = async (chunks: Uint8Array[]): Promise<ModelEvent[]> => {
    const events: ModelEvent[] = [];
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });
    for await (const batch of readEventStream(body, new ResponsesDecoder(), 60_000, new AbortController().signal)) {
      events.push(...batch);
    }
    return events;
  };

  it("give the same events however they are cut, also inside a character", async () => {
    const whole = await read([bytes]);
    expect(whole).toHaveLength(13);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 40 }), async (sizes) => {
        const chunks: Uint8Array[] = [];
        let at = 0;
        for (const size of sizes) {
          chunks.push(bytes.slice(at, at + size));
          at += size;
        }
        chunks.push(bytes.slice(at));
        expect(await read(chunks)).toEqual(whole);
      }),
      { numRuns: process.env["CODEX_TS_NIGHTLY"] ? 5000 : 200 },
    );
  });

  it("one by one give the same events too", async () => {
    expect(await read([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(await read([bytes]));
  });
});

describe("response headers", () => {
  const nothing = { primary: null, secondary: null, credits: null, plan_type: null };

  it.each([
    { what: "none", headers: {}, limits: nothing },
    {
      what: "both windows and credits",
      headers: {
        "x-codex-primary-used-percent": "12.5",
        "x-codex-primary-window-minutes": "300",
        "x-codex-primary-reset-at": "1790000000",
        "x-codex-secondary-used-percent": "40",
        "x-codex-credits-has-credits": "TRUE",
        "x-codex-credits-unlimited": "0",
        "x-codex-credits-balance": " 5.00 ",
      },
      limits: {
        primary: { used_percent: 12.5, window_minutes: 300, resets_at: 1_790_000_000 },
        secondary: { used_percent: 40, window_minutes: null, resets_at: null },
        credits: { has_credits: true, unlimited: false, balance: "5.00" },
        plan_type: null,
      },
    },
    { what: "a window without its percentage", headers: { "x-codex-primary-window-minutes": "300" }, limits: nothing },
    { what: "an unreadable percentage", headers: { "x-codex-primary-used-percent": "much" }, limits: nothing },
    {
      what: "an all-zero window",
      headers: { "x-codex-primary-used-percent": "0", "x-codex-primary-window-minutes": "0" },
      limits: nothing,
    },
    {
      what: "an unused window",
      headers: { "x-codex-primary-used-percent": "0", "x-codex-primary-window-minutes": "300" },
      limits: { ...nothing, primary: { used_percent: 0, window_minutes: 300, resets_at: null } },
    },
    { what: "half of the credits", headers: { "x-codex-credits-has-credits": "1" }, limits: nothing },
  ])("become a snapshot of the limits: $what", async ({ headers, limits }) => {
    await using server = await startFakeModel([{ ...answer(), headers }]);
    const { events } = await attempt(testClient(server).client);
    expect(events[0]).toEqual({ type: "rateLimits", snapshot: limits });
  });

  it("name the model list's etag and whether reasoning is counted", async () => {
    const headers = { "x-models-etag": "v2", "x-reasoning-included": "" };
    await using server = await startFakeModel([{ ...answer(), headers }]);
    const { events } = await attempt(testClient(server).client);
    expect(events.slice(1, 3)).toEqual([{ type: "modelsEtag", etag: "v2" }, { type: "reasoningIncluded" }]);
  });
});
