import type { Credentials, UnauthorizedOutcome } from "@codex-ts/auth";
import { zstdDecompressSync } from "node:zlib";
import { answer, httpReply, startFakeModel } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import type { Fetch } from "../src/index.js";
import { attempt, request, testClient, type TestClientOptions } from "./requests.js";

const chatgpt: Credentials = { kind: "chatgpt", token: "t", accountId: "acc" };

describe("a 401", () => {
  /** A server that wants the token `good`. */
  const wantsGood = () =>
    startFakeModel(({ headers }) => (headers.authorization === "Bearer good" ? answer() : httpReply(401, "no")));

  it("is followed by a new attempt after each step of renewal that changed something", async () => {
    await using server = await wantsGood();
    let token = "bad";
    const steps: number[] = [];
    const { client, delays } = testClient(server, {
      credentials: async () => ({ ...chatgpt, token }),
      onUnauthorized: async (step) => {
        steps.push(step);
        token = step === 1 ? "still bad" : "good";
        return { kind: "retry" };
      },
    });
    expect((await attempt(client)).error).toBeNull();
    expect(steps).toEqual([1, 2]);
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer bad",
      "Bearer still bad",
      "Bearer good",
    ]);
    expect(delays).toEqual([]);
  });

  it.each<{ what: string; outcome: UnauthorizedOutcome; error: object; requests: number }>([
    {
      what: "nothing to renew",
      outcome: { kind: "exhausted" },
      error: { httpStatus: 401, info: "other", retryable: false },
      requests: 1,
    },
    {
      what: "a login that is gone for good",
      outcome: { kind: "failed", permanent: true, message: "Log in again." },
      error: { message: "Log in again.", kind: "unauthorized", info: "unauthorized", retryable: false },
      requests: 1,
    },
    {
      what: "a renewal that failed for now",
      outcome: { kind: "failed", permanent: false, message: "no network" },
      error: { message: "stream disconnected before completion: no network", retryable: true },
      requests: 1,
    },
    {
      what: "a renewal that never helps",
      outcome: { kind: "retry" },
      error: { httpStatus: 401, retryable: false },
      requests: 4,
    },
  ])("with $what ends there", async ({ outcome, error, requests }) => {
    await using server = await wantsGood();
    const { client } = testClient(server, { onUnauthorized: async () => outcome });
    expect((await attempt(client)).error).toMatchObject(error);
    expect(server.requests).toHaveLength(requests);
  });
});

it("ends with the login's own words when there is no login to use", async () => {
  await using server = await startFakeModel([answer()]);
  const { client } = testClient(server, {
    credentials: async () => {
      throw new Error("Not logged in.");
    },
  });
  expect((await attempt(client)).error).toMatchObject({
    message: "Not logged in.",
    info: "unauthorized",
    retryable: false,
  });
  expect(server.requests).toHaveLength(0);
});

describe("request compression", () => {
  const sent = async (options: TestClientOptions): Promise<{ headers: Headers; body: unknown }> => {
    let seen = { headers: new Headers(), body: null as unknown };
    const { client } = testClient(
      { url: "http://model.invalid/v1" },
      {
        ...options,
        fetch: async (_, init) => {
          seen = { headers: new Headers(init.headers), body: init.body };
          return new Response('data: {"type":"response.done"}\n\n');
        },
      },
    );
    expect((await attempt(client)).error).toBeNull();
    return seen;
  };
  const openai = { name: "OpenAI" };

  it("is zstd for a ChatGPT login at OpenAI", async () => {
    const { headers, body } = await sent({
      provider: openai,
      credentials: async () => chatgpt,
      compressRequests: true,
    });
    expect(headers.get("content-encoding")).toBe("zstd");
    expect(headers.get("content-type")).toBe("application/json");
    const text = zstdDecompressSync(body as Uint8Array<ArrayBuffer>).toString("utf8");
    expect(JSON.parse(text)).toMatchObject({ model: request.model, stream: true });
  });

  it.each<{ what: string; options: TestClientOptions }>([
    { what: "the feature off", options: { provider: openai, credentials: async () => chatgpt } },
    {
      what: "an API key",
      options: { provider: openai, credentials: async () => ({ ...chatgpt, kind: "apiKey" }), compressRequests: true },
    },
    { what: "no login", options: { provider: openai, compressRequests: true } },
    {
      what: "another provider",
      options: { provider: { name: "openai" }, credentials: async () => chatgpt, compressRequests: true },
    },
  ])("is not used with $what", async ({ options }) => {
    const { headers, body } = await sent(options);
    expect(headers.get("content-encoding")).toBeNull();
    expect(JSON.parse(body as string)).toMatchObject({ model: request.model });
  });
});

describe("remote compaction", () => {
  const compact = { model: "m", instructions: "i", input: request.input };
  const signal = new AbortController().signal;

  it("sends model, input and instructions, and answers with the new history", async () => {
    const output = [
      { type: "message", role: "user", content: [{ type: "input_text", text: "a" }] },
      { type: "compaction_summary", encrypted_content: "E" },
      { type: "dance" },
      { type: "message" },
    ];
    await using server = await startFakeModel([httpReply(200, { output })]);
    const { client } = testClient(server, { betaFeatures: ["steer"] });
    expect(await client.compact({ ...compact, subAgent: "compact" }, { signal })).toEqual([
      output[0],
      { type: "compaction", encrypted_content: "E" },
    ]);
    const [sent] = server.requests;
    expect(sent?.url).toBe("/v1/responses/compact");
    expect(JSON.stringify(sent?.body)).toBe(JSON.stringify({ model: "m", input: request.input, instructions: "i" }));
    expect(sent?.headers).toMatchObject({ accept: "*/*", "x-openai-subagent": "compact", originator: "probe" });
    for (const absent of ["session_id", "x-codex-beta-features", "x-oai-web-search-eligible"]) {
      expect(sent?.headers).not.toHaveProperty(absent);
    }
  });

  it("does not call for an empty conversation", async () => {
    await using server = await startFakeModel([httpReply(500, "")]);
    expect(await testClient(server).client.compact({ ...compact, input: [] }, { signal })).toEqual([]);
    expect(server.requests).toHaveLength(0);
  });

  it("is retried silently and only then fails", async () => {
    await using server = await startFakeModel([httpReply(503, "down")]);
    const { client, delays } = testClient(server);
    await expect(client.compact(compact, { signal })).rejects.toThrow("unexpected status 503");
    expect(delays).toHaveLength(4);
  });

  const faulty: [string, () => ReadableStream<Uint8Array>, string][] = [
    [
      "breaks off",
      () =>
        new ReadableStream({
          pull(controller) {
            controller.enqueue(new TextEncoder().encode('{"output":['));
            controller.error(new TypeError("terminated"));
          },
        }),
      "error reading the answer",
    ],
    ["stalls", () => new ReadableStream(), "idle timeout reading the answer"],
  ];
  it.each(faulty)("is retried when the answer %s", async (_what, body, message) => {
    let failures = 1;
    const output = [{ type: "message", role: "user", content: [{ type: "input_text", text: "a" }] }];
    const respond: Fetch = async () => (failures-- > 0 ? new Response(body()) : Response.json({ output }));
    const options = { fetch: respond, provider: { streamIdleTimeoutMs: 50 } };
    const { client, delays } = testClient({ url: "http://127.0.0.1:1" }, options);
    expect(await client.compact(compact, { signal })).toEqual(output);
    expect(delays).toHaveLength(1);
    failures = Infinity;
    await expect(client.compact(compact, { signal })).rejects.toMatchObject({
      name: "ModelError",
      kind: "connection",
      message: expect.stringContaining(message),
    });
  });

  it("ends with the signal, also while the answer is read", async () => {
    const controller = new AbortController();
    const respond: Fetch = async (_url, { signal: aborted }) =>
      new Response(
        new ReadableStream({
          start: (stream) => aborted?.addEventListener("abort", () => stream.error(aborted.reason)),
        }),
      );
    const { client, delays } = testClient({ url: "http://127.0.0.1:1" }, { fetch: respond });
    const compacted = client.compact(compact, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error("enough")), 20);
    await expect(compacted).rejects.toThrow("enough");
    expect(delays).toEqual([]);
  });

  it.each([["<html>"], ["{}"], ['{"output":5}'], ['{"output":[5]}']])(
    "refuses to replace the history by %s",
    async (body) => {
      await using server = await startFakeModel([httpReply(200, body)]);
      await expect(testClient(server).client.compact(compact, { signal })).rejects.toMatchObject({
        name: "ModelError",
        message: expect.stringContaining("did not answer with a compacted conversation"),
      });
    },
  );
});

it("uses one connection for one request after the other", async () => {
  const ports = new Set<number | undefined>();
  const { createServer } = await import("node:http");
  const server = createServer((incoming, response) => {
    ports.add(incoming.socket.remotePort);
    incoming.resume().on("end", () => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write('data: {"type":"response.done"}\n\n');
      setImmediate(() => response.end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const { client } = testClient({ url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/v1` });
  for (let n = 0; n < 3; n += 1) {
    expect((await attempt(client)).error).toBeNull();
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  }
  server.closeAllConnections();
  server.close();
  expect(ports.size).toBeLessThan(3);
});
