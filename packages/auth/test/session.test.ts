import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  AuthManager,
  checkLoginRestrictions,
  loginDisabledReason,
  loginRule,
  loginStatus,
  LoginRestrictionError,
  NotLoggedInError,
  type Account,
  type AuthOptions,
  type LoginRestrictions,
} from "../src/index.js";
import { chatgptJson, fakeIssuer, idToken, tempHome, type Answer, type Issuer, type Seen } from "./issuer.js";

const NOW = new Date("2026-11-20T12:00:00Z");
const DAY = 24 * 60 * 60 * 1000;
const refreshed = (n: number, account = "acc-1"): Answer => ({
  json: { id_token: idToken(account), access_token: `access-${n}`, refresh_token: `refresh-${n}` },
});

interface Setup {
  readonly home: string;
  readonly issuer: Issuer;
  readonly logged: string[];
  clock: Date;
  open(more?: Partial<AuthOptions>): AuthManager;
}

/** A ChatGPT login and an issuer that answers refreshes. */
async function setup(reply: (request: Seen, index: number) => Answer | Promise<Answer>, json?: string): Promise<Setup> {
  const home = tempHome();
  const issuer = await fakeIssuer(reply);
  writeFileSync(join(home, "auth.json"), json ?? chatgptJson("access-1", NOW));
  const logged: string[] = [];
  const result: Setup = {
    home,
    issuer,
    logged,
    clock: NOW,
    open: (more = {}) =>
      new AuthManager({
        codexHome: home,
        env: { CODEX_REFRESH_TOKEN_URL_OVERRIDE: `${issuer.url}/oauth/token` },
        storeMode: "file",
        headers: { originator: "codex_exec", "user-agent": "agent/1" },
        now: () => result.clock,
        log: (message) => logged.push(message),
        ...more,
      }),
  };
  return result;
}

describe("credentials", () => {
  it.each<[string, string | null, Record<string, string>, boolean, unknown]>([
    ["nobody", null, {}, false, null],
    ["an empty file", "{}", {}, false, null],
    ["a stored key", '{"OPENAI_API_KEY":"sk"}', {}, false, { kind: "apiKey", token: "sk", accountId: null }],
    ["a ChatGPT login", chatgptJson("tok", NOW), {}, false, { kind: "chatgpt", token: "tok", accountId: "acc-1" }],
    [
      "CODEX_API_KEY over all of it",
      chatgptJson("tok", NOW),
      { CODEX_API_KEY: " key \n" },
      true,
      { kind: "apiKey", token: "key", accountId: null },
    ],
    [
      "CODEX_API_KEY where people sit",
      chatgptJson("tok", NOW),
      { CODEX_API_KEY: "key" },
      false,
      { kind: "chatgpt", token: "tok", accountId: "acc-1" },
    ],
    [
      "a blank CODEX_API_KEY",
      '{"OPENAI_API_KEY":"sk"}',
      { CODEX_API_KEY: " " },
      true,
      { kind: "apiKey", token: "sk", accountId: null },
    ],
    ["OPENAI_API_KEY, which is for other programs", null, { OPENAI_API_KEY: "key" }, true, null],
  ])("of %s", async (_name, json, env, useEnvironmentKey, expected) => {
    const home = tempHome();
    if (json !== null) {
      writeFileSync(join(home, "auth.json"), json);
    }
    const auth = new AuthManager({ codexHome: home, env, storeMode: "file", useEnvironmentKey, now: () => NOW });
    expect(await auth.credentials()).toEqual(expected);
  });

  it("of a file that cannot be read are none, and the reason is told to who asks", async () => {
    const { open, logged } = await setup(() => ({}), "{");
    const auth = open();
    expect(await auth.credentials()).toBe(null);
    expect(logged).toEqual([expect.stringContaining("the stored login cannot be read: ")]);
    await expect(auth.stored()).rejects.toThrow("JSON");
  });

  it("are read again after a read that failed", async () => {
    const { open, home } = await setup(() => ({}), "{");
    const auth = open();
    expect(await auth.credentials()).toBe(null);
    writeFileSync(join(home, "auth.json"), '{"OPENAI_API_KEY":"sk"}');
    expect(await auth.credentials()).toMatchObject({ kind: "apiKey" });
  });

  it("are read once, until somebody says that they changed", async () => {
    const { open, home } = await setup(() => ({}));
    const auth = open();
    await auth.credentials();
    writeFileSync(join(home, "auth.json"), '{"OPENAI_API_KEY":"sk"}');
    expect(await auth.credentials()).toMatchObject({ kind: "chatgpt" });
    auth.reload();
    expect(await auth.credentials()).toMatchObject({ kind: "apiKey" });
  });

  it("name the account", async () => {
    const { open } = await setup(() => ({}));
    expect(await open().account()).toEqual({
      type: "chatgpt",
      email: "user@example.com",
      planType: "plus",
      userId: "user-1",
      accountId: "acc-1",
    });
    expect(await open({ env: { CODEX_API_KEY: "k" }, useEnvironmentKey: true }).account()).toEqual({ type: "apiKey" });
  });
});

describe("what a provider gets", () => {
  const provider = { baseUrl: null, envKey: null, experimentalBearerToken: null, requiresOpenaiAuth: false };

  it.each([
    ["the built-in one", { requiresOpenaiAuth: true }, "required"],
    ["the built-in one behind a proxy", { requiresOpenaiAuth: true, baseUrl: "http://proxy.local/v1" }, "login"],
    ["one with a variable", { requiresOpenaiAuth: true, envKey: "KEY" }, "own"],
    ["one with a token", { experimentalBearerToken: "t" }, "own"],
    ["one at OpenAI", { baseUrl: "https://eu.api.openai.com/v1" }, "login"],
    ["one at ChatGPT", { baseUrl: "https://chatgpt.com/backend-api/codex" }, "login"],
    ["one without an address", {}, "login"],
    ["one at OpenAI without TLS", { baseUrl: "http://api.openai.com/v1" }, "none"],
    ["one with a name like OpenAI's", { baseUrl: "https://notopenai.com/v1" }, "none"],
    ["one with OpenAI's name before another", { baseUrl: "https://api.openai.com.evil.example/v1" }, "none"],
    ["a foreign one", { baseUrl: "https://models.example/v1" }, "none"],
    ["a local one", { baseUrl: "http://localhost:11434/v1" }, "none"],
    ["nonsense", { baseUrl: "nonsense" }, "none"],
  ])("%s", (_name, facts, rule) => {
    expect(loginRule({ ...provider, ...facts })).toBe(rule);
  });

  it("a foreign provider never sees the login, which is not even read", async () => {
    const { open, logged } = await setup(() => ({}), "{");
    const auth = open().forProvider({ ...provider, baseUrl: "http://127.0.0.1:1/v1" });
    expect([await auth.credentials(), await auth.onUnauthorized(1), logged]).toEqual([null, { kind: "exhausted" }, []]);
  });

  it("without a login, OpenAI's own is refused before the first request, with the way out", async () => {
    const auth = new AuthManager({ codexHome: tempHome(), env: {}, storeMode: "file" });
    const required = auth.forProvider({ ...provider, requiresOpenaiAuth: true });
    await expect(required.credentials()).rejects.toBeInstanceOf(NotLoggedInError);
    await expect(required.credentials()).rejects.toThrow("codex login");
    expect(
      await auth.forProvider({ ...provider, requiresOpenaiAuth: true, baseUrl: "http://p/v1" }).credentials(),
    ).toBe(null);
  });

  it("with a login it gets the token", async () => {
    const { open } = await setup(() => ({}));
    expect(
      await open()
        .forProvider({ ...provider, requiresOpenaiAuth: true })
        .credentials(),
    ).toMatchObject({ token: "access-1" });
  });
});

describe("renewing by age", () => {
  it("happens after eight days, with the request that the issuer knows", async () => {
    const { open, issuer, home } = await setup(
      () => refreshed(2),
      chatgptJson("access-1", new Date(NOW.getTime() - 8 * DAY - 1)),
    );
    expect(await open().credentials()).toEqual({ kind: "chatgpt", token: "access-2", accountId: "acc-1" });
    expect(issuer.seen).toHaveLength(1);
    expect(issuer.seen[0]).toMatchObject({
      method: "POST",
      path: "/oauth/token",
      headers: { "content-type": "application/json", originator: "codex_exec", "user-agent": "agent/1" },
    });
    expect(JSON.parse(issuer.seen[0]?.body ?? "")).toEqual({
      client_id: "app_EMoamEEZ73f0CkXaXp7hrann",
      grant_type: "refresh_token",
      refresh_token: "refresh-1",
      scope: "openid profile email",
    });
    expect(JSON.parse(readFileSync(join(home, "auth.json"), "utf8"))).toMatchObject({
      tokens: { access_token: "access-2", refresh_token: "refresh-2", account_id: "acc-1" },
      last_refresh: NOW.toISOString(),
    });
  });

  it("does not happen before", async () => {
    const { open, issuer } = await setup(
      () => refreshed(2),
      chatgptJson("access-1", new Date(NOW.getTime() - 8 * DAY)),
    );
    expect(await open().credentials()).toMatchObject({ token: "access-1" });
    expect(issuer.seen).toEqual([]);
  });

  it("that fails leaves the old token in use, says so, and is not repeated at once", async () => {
    const { open, issuer, logged } = await setup(
      () => ({ status: 500, text: "down" }),
      chatgptJson("access-1", new Date(0)),
    );
    const auth = open();
    expect([(await auth.credentials())?.token, (await auth.credentials())?.token]).toEqual(["access-1", "access-1"]);
    expect([issuer.seen.length, logged]).toEqual([
      1,
      ["the login could not be renewed: Failed to refresh token: 500 Internal Server Error: down"],
    ]);
  });

  it("fields that the issuer leaves out stay as they were", async () => {
    const { open, home } = await setup(
      () => ({ json: { access_token: "access-2" } }),
      chatgptJson("access-1", new Date(0), { later: 1 }),
    );
    await open().credentials();
    expect(JSON.parse(readFileSync(join(home, "auth.json"), "utf8"))).toMatchObject({
      later: 1,
      tokens: { id_token: idToken("acc-1"), access_token: "access-2", refresh_token: "refresh-1" },
    });
  });
});

describe("after a 401", () => {
  it("the login is renewed once, and a second 401 with the new token stands", async () => {
    const { open, issuer } = await setup(() => refreshed(2));
    const auth = open();
    expect(await auth.onUnauthorized(1)).toEqual({ kind: "retry" });
    expect((await auth.credentials())?.token).toBe("access-2");
    expect(await auth.onUnauthorized(2)).toEqual({ kind: "exhausted" });
    expect(issuer.seen).toHaveLength(1);
  });

  it("a login that another process renewed is taken over without asking the issuer", async () => {
    const { open, issuer, home } = await setup(() => refreshed(9));
    const auth = open();
    await auth.credentials();
    writeFileSync(join(home, "auth.json"), chatgptJson("from-another", NOW));
    expect(await auth.onUnauthorized(1)).toEqual({ kind: "retry" });
    expect([(await auth.credentials())?.token, issuer.seen.length]).toEqual(["from-another", 0]);
  });

  it("a stored login of another account is not taken over, nor overwritten", async () => {
    const { open, issuer, home } = await setup(() => refreshed(2));
    const auth = open();
    await auth.credentials();
    const other = chatgptJson("other", NOW).replaceAll("acc-1", "acc-2");
    writeFileSync(join(home, "auth.json"), other);
    expect(await auth.onUnauthorized(1)).toEqual({ kind: "retry" });
    expect([(await auth.credentials())?.token, issuer.seen.length]).toEqual(["access-2", 1]);
    expect(readFileSync(join(home, "auth.json"), "utf8")).toBe(other);
  });

  it("after logging out elsewhere nothing is written back", async () => {
    const { open, home } = await setup(() => refreshed(2));
    const auth = open();
    await auth.credentials();
    await open().logout();
    await auth.onUnauthorized(1);
    expect(existsSync(join(home, "auth.json"))).toBe(false);
  });

  it("many requests at once make one renewal", async () => {
    const { open, issuer } = await setup(() => refreshed(2));
    const auth = open();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => auth.onUnauthorized(1)));
    expect([new Set(outcomes.map(({ kind }) => kind)), issuer.seen.length]).toEqual([new Set(["retry"]), 1]);
  });

  it("many processes at once spend the refresh token once", async () => {
    const used = new Set<string>();
    const { open, issuer } = await setup((request) => {
      const token = String(JSON.parse(request.body).refresh_token);
      const answer = used.has(token)
        ? { status: 401, json: { error: { code: "refresh_token_reused" } } }
        : refreshed(2);
      used.add(token);
      return answer;
    });
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => open()).map((auth) => auth.onUnauthorized(1)));
    expect([outcomes.map(({ kind }) => kind), issuer.seen.length]).toEqual([Array(5).fill("retry"), 1]);
  });

  it("an API key is not renewed", async () => {
    const { open } = await setup(() => ({}), '{"OPENAI_API_KEY":"sk"}');
    expect(await open().onUnauthorized(1)).toEqual({ kind: "exhausted" });
    expect(await open({ env: { CODEX_API_KEY: "k" }, useEnvironmentKey: true }).onUnauthorized(1)).toEqual({
      kind: "exhausted",
    });
  });

  const text = (reason: string): string =>
    `Your access token could not be refreshed${reason}. Please log out and sign in again.`;

  it.each<[unknown, string]>([
    [{ error: { code: "refresh_token_expired" } }, text(" because your refresh token has expired")],
    [{ error: { code: "REFRESH_TOKEN_REUSED" } }, text(" because your refresh token was already used")],
    [{ error: "refresh_token_invalidated" }, text(" because your refresh token was revoked")],
    [{ code: "refresh_token_expired" }, text(" because your refresh token has expired")],
    [{ error: { code: "other" } }, text("")],
    ["no object", text("")],
  ])("a refusal %j is final", async (json, message) => {
    const { open } = await setup(() => ({ status: 401, json }));
    expect(await open().onUnauthorized(1)).toEqual({ kind: "failed", permanent: true, message });
  });

  it.each<[Answer, string]>([
    [{ status: 500, json: { error: { message: "boom" } } }, "Failed to refresh token: 500 Internal Server Error: boom"],
    [{ status: 404, text: "<html>" }, "Failed to refresh token: 404 Not Found: <html>"],
    [{ status: 200, text: "<html>" }, "Failed to refresh token: the answer is not JSON"],
    [
      { status: 200, json: { id_token: "nonsense" } },
      "Failed to refresh token: invalid ID token format: expected three parts",
    ],
  ])(
    "a fault of the issuer %j may pass, but is not asked for again by each retry of a turn",
    async (answer, message) => {
      const setUp = await setup(() => answer);
      const auth = setUp.open();
      expect(await auth.onUnauthorized(1)).toEqual({ kind: "failed", permanent: false, message });
      expect(await auth.onUnauthorized(1)).toEqual({ kind: "failed", permanent: true, message });
      expect(setUp.issuer.seen).toHaveLength(1);
      setUp.clock = new Date(NOW.getTime() + 61_000);
      expect(await auth.onUnauthorized(1)).toMatchObject({ permanent: false });
      expect(setUp.issuer.seen).toHaveLength(2);
    },
  );

  it("a login made elsewhere ends the waiting", async () => {
    const { open, home } = await setup(() => ({ status: 401, json: {} }));
    const auth = open();
    await auth.onUnauthorized(1);
    writeFileSync(join(home, "auth.json"), chatgptJson("new-login", NOW));
    expect(await auth.onUnauthorized(1)).toEqual({ kind: "retry" });
    expect((await auth.credentials())?.token).toBe("new-login");
  });

  it("an issuer that cannot be reached is named", async () => {
    const { open } = await setup(() => ({}));
    const fetch = async (): Promise<Response> => {
      throw new TypeError("fetch failed");
    };
    expect(await open({ fetch }).onUnauthorized(1)).toEqual({
      kind: "failed",
      permanent: false,
      message: "Failed to refresh token: fetch failed",
    });
  });

  it("a renewed login that cannot be saved is still used, and said so", async () => {
    const { home, issuer, logged } = await setup(() => refreshed(2));
    const entries = new Map([["login", chatgptJson("access-1", NOW)]]);
    const auth = new AuthManager({
      codexHome: home,
      env: { CODEX_REFRESH_TOKEN_URL_OVERRIDE: issuer.url },
      storeMode: "keyring",
      now: () => NOW,
      log: (message) => logged.push(message),
      openKeyring: async () => ({
        get: async () => entries.get("login") ?? null,
        set: () => Promise.reject(new Error("full")),
        delete: async () => false,
      }),
    });
    expect(await auth.onUnauthorized(1)).toEqual({ kind: "retry" });
    expect((await auth.credentials())?.token).toBe("access-2");
    expect(logged).toEqual([expect.stringContaining("the renewed login could not be saved")]);
  });
});

describe("a login that changes while the old one is renewed", () => {
  /** A renewal that waits at the issuer until it is let go. */
  async function renewing(json?: string): Promise<Setup & { asked: Promise<void>; go: () => void }> {
    const asked = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const made = await setup(async () => {
      asked.resolve();
      await go.promise;
      return refreshed(2);
    }, json);
    return Object.assign(made, { asked: asked.promise, go: go.resolve });
  }

  it("does not come back after it was replaced elsewhere", async () => {
    const { open, home, asked, go } = await renewing();
    const auth = open();
    const renewal = auth.onUnauthorized(1);
    await asked;
    writeFileSync(join(home, "auth.json"), chatgptJson("other", NOW).replaceAll("acc-1", "acc-2"));
    auth.reload();
    go();
    await renewal;
    expect(await auth.credentials()).toEqual({ kind: "chatgpt", token: "other", accountId: "acc-2" });
  });

  it("is not what a request that waited for the renewal is sent with", async () => {
    const { open, home, asked, go } = await renewing(chatgptJson("access-1", new Date(0)));
    const auth = open();
    const credentials = auth.credentials();
    await asked;
    writeFileSync(join(home, "auth.json"), '{"OPENAI_API_KEY":"sk"}');
    auth.reload();
    go();
    expect(await credentials).toEqual({ kind: "apiKey", token: "sk", accountId: null });
  });

  it("does not answer for the new one's renewal", async () => {
    const { open, home, issuer, asked, go } = await renewing();
    const auth = open();
    const first = auth.refresh();
    await asked;
    writeFileSync(join(home, "auth.json"), chatgptJson("other", NOW).replaceAll("acc-1", "acc-2"));
    auth.reload();
    const second = auth.refresh();
    go();
    await Promise.all([first, second]);
    expect(issuer.seen).toHaveLength(2);
  });
});

describe("a login that changes while the old one is read", () => {
  /** A login in a keyring whose next read waits until it is let go. */
  function slowKeyring() {
    let secret: string | null = chatgptJson("access-1", NOW);
    let reading = { begun: () => {}, end: Promise.resolve() };
    const auth = new AuthManager({
      codexHome: tempHome(),
      env: {},
      storeMode: "keyring",
      now: () => NOW,
      fetch: async () => new Response("{}", { status: 401 }),
      openKeyring: async () => ({
        get: async () => {
          const found = secret;
          reading.begun();
          await reading.end;
          return found;
        },
        set: async (_service, _account, text) => void (secret = text),
        delete: async () => false,
      }),
    });
    const slow = (): { begun: Promise<void>; go: () => void } => {
      const begun = Promise.withResolvers<void>();
      const end = Promise.withResolvers<void>();
      reading = { begun: begun.resolve, end: end.promise };
      return { begun: begun.promise, go: end.resolve };
    };
    return { auth, slow };
  }

  it("does not come back after a renewal that failed", async () => {
    const { auth, slow } = slowKeyring();
    await auth.onUnauthorized(1);
    const { begun, go } = slow();
    const second = auth.onUnauthorized(1);
    await begun;
    await auth.loginWithApiKey("sk-new");
    go();
    expect(await second).toEqual({ kind: "retry" });
    expect(await auth.credentials()).toEqual({ kind: "apiKey", token: "sk-new", accountId: null });
  });

  it.each(["credentials", "account"] as const)("is not what %s gives", async (method) => {
    const { auth, slow } = slowKeyring();
    const { begun, go } = slow();
    const asked = auth[method]();
    await begun;
    await auth.loginWithApiKey("sk-new");
    go();
    expect(await asked).toEqual(await auth[method]());
    expect(await auth.account()).toEqual({ type: "apiKey" });
  });
});

describe("login status", () => {
  it.each([
    ["nothing", null, false, "Not logged in"],
    ["an empty file", "{}", false, "Not logged in"],
    ["a key", '{"OPENAI_API_KEY":"sk-test-1234567ABCDEF"}', true, "Logged in using an API key - sk-test-***BCDEF"],
    ["a short key", '{"OPENAI_API_KEY":"sk-1234567890"}', true, "Logged in using an API key - ***"],
    ["a ChatGPT login", chatgptJson("a", NOW), true, "Logged in using ChatGPT"],
  ])("with %s", async (_name, json, loggedIn, message) => {
    const home = tempHome();
    if (json !== null) {
      writeFileSync(join(home, "auth.json"), json);
    }
    const auth = new AuthManager({
      codexHome: home,
      env: { CODEX_API_KEY: "k" },
      storeMode: "file",
      useEnvironmentKey: true,
    });
    expect(loginStatus(await auth.stored())).toEqual({ loggedIn, message });
  });
});

describe("restrictions", () => {
  const chatgpt: Account = { type: "chatgpt", email: null, planType: null, userId: null, accountId: "ws-1" };
  const key: Account = { type: "apiKey" };

  it.each<[Account | null, LoginRestrictions, string | null]>([
    [null, { method: "api", workspaceId: "ws-2" }, null],
    [chatgpt, { method: null, workspaceId: null }, null],
    [chatgpt, { method: "chatgpt", workspaceId: "ws-1" }, null],
    [key, { method: "api", workspaceId: "ws-2" }, null],
    [key, { method: null, workspaceId: "ws-2" }, null],
    [chatgpt, { method: "api", workspaceId: null }, "API key login is required, but ChatGPT is currently being used."],
    [
      key,
      { method: "chatgpt", workspaceId: null },
      "ChatGPT login is required, but an API key is currently being used.",
    ],
    [
      chatgpt,
      { method: null, workspaceId: "ws-2" },
      "Login is restricted to workspace ws-2, but current credentials belong to ws-1.",
    ],
    [
      { ...chatgpt, accountId: null },
      { method: null, workspaceId: "ws-2" },
      "Login is restricted to workspace ws-2, but current credentials lack a workspace identifier.",
    ],
  ])("%j under %j", (account, restrictions, problem) => {
    const check = (): void => checkLoginRestrictions(account, restrictions);
    if (problem === null) {
      check();
      return;
    }
    expect(check).toThrow(LoginRestrictionError);
    expect(check).toThrow(`${problem} Log in again as required, or remove the restriction from your configuration.`);
  });

  it.each([
    ["apiKey", "chatgpt", "API key login is disabled. Use ChatGPT login instead."],
    ["chatgpt", "api", "ChatGPT login is disabled. Use API key login instead."],
    ["apiKey", "api", null],
    ["chatgpt", null, null],
  ] as const)("logging in with %s where %s is forced", (kind, method, reason) => {
    expect(loginDisabledReason(kind, method)).toBe(reason);
  });
});
