import type { Credentials } from "@codex-ts/auth";
import { answer, startFakeModel } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { TurnConnection } from "../src/index.js";
import { attempt, testClient, type TestClientOptions } from "./requests.js";

const chatgpt: Credentials = { kind: "chatgpt", token: "login-token", accountId: "acc_1" };

async function sent(options: TestClientOptions = {}, request = {}): Promise<Record<string, unknown>> {
  await using server = await startFakeModel([answer()]);
  const { error } = await attempt(testClient(server, options).client, { request });
  expect(error).toBeNull();
  return server.requests[0]?.headers ?? {};
}

describe("headers of a streamed call", () => {
  it("are these, with nothing configured", async () => {
    const headers = await sent();
    expect(headers).toMatchObject({
      "x-oai-web-search-eligible": "true",
      session_id: "thread-1",
      accept: "text/event-stream",
      "content-type": "application/json",
      "user-agent": "probe/0.1.0 (Debian 12.0.0; x86_64) xterm",
      originator: "probe",
    });
    for (const absent of ["authorization", "chatgpt-account-id", "x-codex-beta-features", "x-codex-turn-state"]) {
      expect(headers).not.toHaveProperty(absent);
    }
    expect(headers).not.toHaveProperty("x-openai-subagent");
  });

  const cases: { what: string; options: TestClientOptions; request?: object; header: string; value: unknown }[] = [
    { what: "static", options: { provider: { httpHeaders: { "X-A": "b" } } }, header: "x-a", value: "b" },
    {
      what: "from the environment",
      options: { provider: { envHttpHeaders: { "X-A": "VAR" } }, env: { VAR: "v" } },
      header: "x-a",
      value: "v",
    },
    {
      what: "blank variables are left out",
      options: { provider: { envHttpHeaders: { "X-A": "VAR" } }, env: { VAR: " " } },
      header: "x-a",
      value: undefined,
    },
    {
      what: "environment over static",
      options: { provider: { httpHeaders: { "x-a": "1" }, envHttpHeaders: { "X-A": "VAR" } }, env: { VAR: "2" } },
      header: "x-a",
      value: "2",
    },
    {
      what: "invalid ones are left out",
      options: { provider: { httpHeaders: { "bad name": "1", "X-A": "a\nb", "X-B": "ok" } } },
      header: "x-a",
      value: undefined,
    },
    {
      what: "in UTF-8",
      options: { provider: { httpHeaders: { "X-A": "é→日" } } },
      header: "x-a",
      // Node reads headers byte by byte.
      value: Buffer.from("é→日").toString("latin1"),
    },
    {
      what: "beta features",
      options: { betaFeatures: ["unified_exec", "steer"] },
      header: "x-codex-beta-features",
      value: "unified_exec,steer",
    },
    {
      what: "web search disabled",
      options: {},
      request: { webSearchEligible: false },
      header: "x-oai-web-search-eligible",
      value: "false",
    },
    {
      what: "sub-agent",
      options: {},
      request: { subAgent: "review" },
      header: "x-openai-subagent",
      value: "review",
    },
    {
      what: "key variable",
      options: { provider: { envKey: "KEY" }, env: { KEY: "k" }, credentials: async () => chatgpt },
      header: "authorization",
      value: "Bearer k",
    },
    {
      what: "the account is not named with a key of the provider",
      options: { provider: { envKey: "KEY" }, env: { KEY: "k" }, credentials: async () => chatgpt },
      header: "chatgpt-account-id",
      value: undefined,
    },
    {
      what: "literal token",
      options: { provider: { experimentalBearerToken: "lit" }, credentials: async () => chatgpt },
      header: "authorization",
      value: "Bearer lit",
    },
    {
      what: "key variable over literal token",
      options: { provider: { envKey: "KEY", experimentalBearerToken: "lit" }, env: { KEY: "k" } },
      header: "authorization",
      value: "Bearer k",
    },
    {
      what: "login",
      options: { credentials: async () => chatgpt },
      header: "authorization",
      value: "Bearer login-token",
    },
    { what: "account", options: { credentials: async () => chatgpt }, header: "chatgpt-account-id", value: "acc_1" },
    {
      what: "API key login",
      options: { credentials: async () => ({ kind: "apiKey", token: "sk", accountId: null }) },
      header: "authorization",
      value: "Bearer sk",
    },
    {
      what: "user agent without what HTTP forbids",
      options: { identity: { originator: "o", userAgent: "a\u00e9b\nc\u7f16" } },
      header: "user-agent",
      value: "a\u00e9b_c_",
    },
    {
      what: "a provider may name its own user agent",
      options: { provider: { httpHeaders: { "User-Agent": "mine" } } },
      header: "user-agent",
      value: "mine",
    },
  ];
  it.each(cases)("$what: $header = $value", async ({ options, request, header, value }) => {
    expect((await sent(options, request))[header]).toBe(value);
  });

  it("repeat the turn state of the turn's first response until the turn ends", async () => {
    const states = ["one", "two", "three"];
    await using server = await startFakeModel((_, index) => ({
      ...answer(),
      headers: { "x-codex-turn-state": states[index] ?? "" },
    }));
    const { client } = testClient(server);
    const turn = new TurnConnection();
    await attempt(client, { turn });
    await attempt(client, { turn });
    await attempt(client, { turn });
    await attempt(client, { turn: new TurnConnection() });
    expect(server.requests.map(({ headers }) => headers["x-codex-turn-state"])).toEqual([
      undefined,
      "one",
      "one",
      undefined,
    ]);
  });
});

describe("the key's variable", () => {
  it.each([
    [null, "Missing environment variable: `MYKEY`."],
    ["Get one at example.org.", "Missing environment variable: `MYKEY`. Get one at example.org."],
  ])("missing, with instructions %s", async (envKeyInstructions, message) => {
    await using server = await startFakeModel([answer()]);
    const { client } = testClient(server, { provider: { envKey: "MYKEY", envKeyInstructions }, env: { MYKEY: " " } });
    const { error } = await attempt(client);
    expect(error).toMatchObject({ message, kind: "missingKey", retryable: false, info: "other" });
    expect(server.requests).toHaveLength(0);
  });
});

describe("the URL", () => {
  it.each([
    [{}, "/v1/responses"],
    [{ queryParams: { "api-version": "2025-04-01-preview" } }, "/v1/responses?api-version=2025-04-01-preview"],
    [{ queryParams: { a: "b c&d=e", f: "é" } }, "/v1/responses?a=b%20c%26d%3De&f=%C3%A9"],
    [{ wireApi: "chat" as const }, "/v1/chat/completions"],
  ])("of %j is %s", async (provider, url) => {
    await using server = await startFakeModel([answer()]);
    await attempt(testClient({ url: `${server.url}//` }, { provider }).client);
    expect(server.requests[0]?.url).toBe(url);
  });

  it.each([
    [null, "https://api.openai.com/v1/responses"],
    [{ kind: "apiKey", token: "k", accountId: null } as const, "https://api.openai.com/v1/responses"],
    [chatgpt, "https://chatgpt.com/backend-api/codex/responses"],
  ])("without a base URL depends on the login: %j", async (credentials, expected) => {
    const urls: string[] = [];
    const { client } = testClient(
      { url: "" },
      {
        provider: { baseUrl: null },
        credentials: async () => credentials,
        fetch: async (url) => {
          urls.push(url);
          return new Response("", { status: 404 });
        },
      },
    );
    await attempt(client);
    expect(urls).toEqual([expected]);
  });
});
