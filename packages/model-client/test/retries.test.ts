import {
  answer,
  completed,
  created,
  drop,
  failed,
  httpReply,
  message,
  startFakeModel,
  stream,
  type Answer,
} from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import {
  ModelError,
  RetryBudget,
  TurnConnection,
  type ModelClient,
  type ModelEvent,
  type RetryNotice,
} from "../src/index.js";
import { attempt, request, testClient } from "./requests.js";

/** The loop that core runs. */
async function loop(
  client: ModelClient,
  delays: number[],
): Promise<{ events: ModelEvent[]; notices: RetryNotice[]; error: ModelError | null }> {
  const [turn, retries, signal] = [new TurnConnection(), client.newRetryBudget(), new AbortController().signal];
  const [events, notices]: [ModelEvent[], RetryNotice[]] = [[], []];
  for (;;) {
    try {
      for await (const batch of client.stream(request, { signal, turn, retries })) events.push(...batch);
      return { events, notices, error: null };
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      const decision = retries.decide(error);
      if (!decision.retry) return { events, notices, error };
      notices.push(decision.notice);
      delays.push(decision.delayMs);
    }
  }
}

const ok = answer(message("hi"));
const busy = httpReply(503, "down");

describe("retries of a request that never became a stream", () => {
  it("are silent, and each waits twice as long as the one before", async () => {
    await using server = await startFakeModel([busy, busy, busy, busy, ok]);
    const { client, delays } = testClient(server);
    const { events, error } = await attempt(client);
    expect(error).toBeNull();
    expect(events.at(-1)?.type).toBe("completed");
    expect(delays).toEqual([200, 400, 800, 1600]);
    expect(new Set(server.requests.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  it.each([
    ["503", busy, 3],
    ["500", httpReply(500, ""), 3],
    ["a connection that breaks before the answer", "refuse" as const, 3],
    ["400", httpReply(400, ""), 1],
    ["404", httpReply(404, ""), 1],
    ["408", httpReply(408, ""), 1],
    ["429", httpReply(429, ""), 1],
    ["503 with a delay of the server's", httpReply(503, "", { "retry-after": "7" }), 1],
  ])("with a budget of two: %s", async (_, reply, count) => {
    let requests = 0;
    const { client } = testClient(
      { url: "http://model.invalid/v1" },
      {
        provider: { requestMaxRetries: 2 },
        fetch: async () => {
          requests += 1;
          if (reply === "refuse") throw new TypeError("fetch failed");
          if (reply.kind !== "http") throw new Error("not a plain answer");
          return new Response(reply.body, { status: reply.status, headers: reply.headers ?? {} });
        },
      },
    );
    expect((await attempt(client)).error).toBeInstanceOf(ModelError);
    expect(requests).toBe(count);
  });
});

describe("retries of a stream", () => {
  const cut = stream(created(), drop());
  const cases: {
    what: string;
    script: Answer[];
    n: number;
    delays: number[];
    details: string;
    status: number | null;
  }[] = [
    {
      what: "closed",
      script: [stream(created())],
      n: 5,
      delays: [200, 400, 800, 1600, 3200],
      details: "stream disconnected before completion: stream closed before response.completed",
      status: null,
    },
    {
      what: "dropped",
      script: [cut],
      n: 5,
      delays: [200, 400, 800, 1600, 3200],
      details: "stream disconnected before completion: Transport error: network error: error decoding response body",
      status: null,
    },
    {
      what: "failed",
      script: [stream(failed("server_error", "weird"))],
      n: 5,
      delays: [200, 400, 800, 1600, 3200],
      details: "stream disconnected before completion: weird",
      status: null,
    },
    {
      what: "with the server's delay",
      script: [stream(failed("rate_limit_exceeded", "try again in 1.5s"))],
      n: 5,
      delays: [1500, 1500, 1500, 1500, 1500],
      details: "stream disconnected before completion: try again in 1.5s",
      status: null,
    },
    {
      what: "429 with Retry-After",
      script: [httpReply(429, "", { "retry-after": "7" })],
      n: 5,
      delays: [7000, 7000, 7000, 7000, 7000],
      details: "exceeded retry limit, last status: 429 Too Many Requests",
      status: 429,
    },
    {
      what: "429 without",
      script: [httpReply(429, "")],
      n: 5,
      delays: [200, 400, 800, 1600, 3200],
      details: "exceeded retry limit, last status: 429 Too Many Requests",
      status: 429,
    },
  ];
  it.each(cases)("are announced: $what", async ({ script, n, delays, details, status }) => {
    await using server = await startFakeModel(script);
    const { client, delays: silent } = testClient(server);
    const waited: number[] = [];
    const { notices, error } = await loop(client, waited);
    expect(silent).toEqual([]);
    expect(waited).toEqual(delays);
    expect(notices.map((notice) => notice.message)).toEqual(
      Array.from({ length: n }, (_, i) => `Reconnecting... ${i + 1}/5`),
    );
    expect(notices[0]).toEqual({
      message: "Reconnecting... 1/5",
      info: { response_stream_disconnected: { http_status_code: status } },
      additionalDetails: details,
    });
    expect(error?.message).toBe(details);
    expect(server.requests).toHaveLength(n + 1);
  });

  it("do not multiply with the silent ones: one budget for the whole request", async () => {
    await using server = await startFakeModel([busy]);
    const { client, delays } = testClient(server);
    const { notices, error } = await loop(client, []);
    expect(error?.httpStatus).toBe(503);
    expect(delays).toHaveLength(4);
    expect(notices).toHaveLength(5);
    expect(server.requests).toHaveLength(1 + 4 + 5);
  });

  it("go on after the stream broke, and events already given stay given", async () => {
    await using server = await startFakeModel([stream(created(), message("one")), ok]);
    const { client } = testClient(server);
    const { events, error } = await loop(client, []);
    expect(error).toBeNull();
    expect(events.filter((event) => event.type === "itemDone")).toHaveLength(2);
  });

  it.each([
    ["400", httpReply(400, "")],
    ["401", httpReply(401, "")],
    ["403", httpReply(403, "")],
    ["404", httpReply(404, "")],
    ["a full context window", stream(failed("context_length_exceeded", ""))],
    ["a web page", httpReply(200, "<html>", { "content-type": "text/html" })],
    ["a delay that nobody waits for", httpReply(429, "", { "retry-after": "86400" })],
  ])("are not made after %s", async (_, reply) => {
    await using server = await startFakeModel([reply]);
    const { notices } = await loop(testClient(server).client, []);
    expect(notices).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  it("are not announced when there are none", async () => {
    await using server = await startFakeModel([stream(completed(null, ""))]);
    expect((await loop(testClient(server).client, [])).notices).toEqual([]);
  });
});

describe("a budget", () => {
  const error = new ModelError("streamClosed", "x");

  it("starts over when the request is no longer the same", () => {
    const budget = new RetryBudget({ requestMaxRetries: 0, streamMaxRetries: 1 }, () => 0.5);
    expect(budget.decide(error).retry).toBe(true);
    expect(budget.decide(error).retry).toBe(false);
    budget.reset();
    expect(budget.decide(error)).toMatchObject({ retry: true, attempt: 1 });
  });

  it("doubles its delays, but not beyond a minute", () => {
    const budget = new RetryBudget({ requestMaxRetries: 0, streamMaxRetries: 100 }, () => 0.5);
    const decisions = Array.from({ length: 100 }, () => budget.decide(error));
    const delays = decisions.map((decision) => (decision.retry ? decision.delayMs : null));
    expect(delays.slice(0, 10)).toEqual([200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 51_200, 60_000]);
    expect(delays.at(-1)).toBe(60_000);
  });

  it.each([
    [0, 180],
    [0.5, 200],
    [0.999999, 220],
  ])("spreads delays by up to a tenth: random %s gives %s ms", (random, ms) => {
    const budget = new RetryBudget({ requestMaxRetries: 1, streamMaxRetries: 1 }, () => random);
    expect(budget.decide(error)).toMatchObject({ delayMs: ms });
  });

  it.each([
    ["120", 120_000],
    ["1.5", 1500],
    ["Thu, 01 Jan 1970 00:00:30 GMT", 30_000],
    ["soon", null],
  ])("reads Retry-After: %s", async (value, retryAfterMs) => {
    await using server = await startFakeModel([httpReply(429, "", { "retry-after": value })]);
    const { error: thrown } = await attempt(testClient(server, { now: () => 0 }).client);
    expect(thrown?.retryAfterMs).toBe(retryAfterMs);
  });
});
