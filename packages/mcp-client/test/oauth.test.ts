import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { KeyringError, type Keyring } from "@codex-ts/auth";
import { startFakeMcpHttp, tempHome, type FakeMcpHttp } from "@codex-ts/test-support";
import {
  authStatus,
  CredentialStore,
  discoverAuthorization,
  startMcpLogin,
  StoredLogin,
  storeKey,
  type CredentialStoreMode,
  type McpCredentials,
} from "@codex-ts/mcp-client";
import { metadataPlaces } from "../src/oauth/discovery.js";
import { serverConfig, startServers } from "./support/thread.js";

const NOW = Date.UTC(2026, 0, 1);
const fetchIt = (url: string, init: RequestInit): Promise<Response> => fetch(url, init);

const credentials: McpCredentials = {
  serverName: "secure",
  url: "http://127.0.0.1:4206/mcp",
  clientId: "cid1",
  accessToken: "AT1",
  refreshToken: "RT",
  expiresAt: 1_795_196_764_423,
  scopes: ["s1", "s2"],
};

function memoryKeyring(): Keyring & { entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    get: (service, account) => Promise.resolve(entries.get(`${service}/${account}`) ?? null),
    set: (service, account, secret) => Promise.resolve(void entries.set(`${service}/${account}`, secret)),
    delete: (service, account) => Promise.resolve(entries.delete(`${service}/${account}`)),
  };
}

const noKeyring = (): Promise<Keyring> =>
  Promise.reject(new KeyringError("Platform secure storage failure: none here"));

function storeIn(
  codexHome: string,
  mode: CredentialStoreMode,
  openKeyring: () => Promise<Keyring> = noKeyring,
): CredentialStore {
  return new CredentialStore({ codexHome, mode, openKeyring, now: () => NOW });
}

describe("the name of a login", () => {
  it.each([
    ["secure", "http://127.0.0.1:4206/mcp", "secure|753f826291d7b7bc"],
    ["o", "http://127.0.0.1:4154/mcp", "o|07a2672a37f0db90"],
  ])("of %s at %s is %s", (name, url, key) => {
    expect(storeKey(name, url)).toBe(key);
  });
});

describe("the store of logins", () => {
  it("keeps a file that the original reads", async () => {
    using home = tempHome();
    const store = storeIn(home.codexHome, "auto");
    await store.save(credentials);
    expect(readFileSync(store.file, "utf8")).toBe(
      '{"secure|753f826291d7b7bc":{"server_name":"secure","server_url":"http://127.0.0.1:4206/mcp","client_id":"cid1","access_token":"AT1","expires_at":1795196764423,"refresh_token":"RT","scopes":["s1","s2"]}}',
    );
    expect(statSync(store.file).mode & 0o777).toBe(0o600);
    expect(await store.load("secure", credentials.url)).toEqual(credentials);
    expect(await store.load("secure", "http://elsewhere/mcp")).toBeNull();
  });

  it("reads what the original may have left out", async () => {
    using home = tempHome();
    const entry = { server_name: "s", server_url: "http://s/", client_id: "c", access_token: "a", expires_at: null };
    writeFileSync(join(home.codexHome, ".credentials.json"), JSON.stringify({ "any key": entry, broken: 3 }));
    expect(await storeIn(home.codexHome, "file").load("s", "http://s/")).toEqual({
      serverName: "s",
      url: "http://s/",
      clientId: "c",
      accessToken: "a",
      refreshToken: null,
      expiresAt: null,
      scopes: [],
    });
  });

  it("prefers the keyring, and leaves no second copy in the file", async () => {
    using home = tempHome();
    await storeIn(home.codexHome, "file").save(credentials);
    const keyring = memoryKeyring();
    const store = storeIn(home.codexHome, "auto", () => Promise.resolve(keyring));
    expect(await store.load("secure", credentials.url)).toEqual(credentials);
    await store.save({ ...credentials, accessToken: "AT2" });
    expect(existsSync(store.file)).toBe(false);
    const secret: unknown = JSON.parse(keyring.entries.get("Codex MCP Credentials/secure|753f826291d7b7bc") ?? "");
    expect(secret).toEqual({
      server_name: "secure",
      url: credentials.url,
      client_id: "cid1",
      token_response: {
        access_token: "AT2",
        token_type: "bearer",
        expires_in: Math.round((1_795_196_764_423 - NOW) / 1_000),
        refresh_token: "RT",
        scope: "s1 s2",
      },
      expires_at: 1_795_196_764_423,
    });
    expect(await store.load("secure", credentials.url)).toEqual({ ...credentials, accessToken: "AT2" });
  });

  it("uses the file for a login that the keyring refuses, and goes on with it when the keyring has an older one", async () => {
    using home = tempHome();
    const keyring = memoryKeyring();
    let locked = false;
    const store = storeIn(home.codexHome, "auto", () => (locked ? noKeyring() : Promise.resolve(keyring)));
    await store.save(credentials);
    expect(await store.load("secure", credentials.url)).toEqual(credentials);
    locked = true;
    await store.save({ ...credentials, accessToken: "AT2" });
    locked = false;
    expect(await store.load("secure", credentials.url)).toEqual({ ...credentials, accessToken: "AT2" });
    await store.save({ ...credentials, accessToken: "AT3" });
    expect(await store.load("secure", credentials.url)).toEqual({ ...credentials, accessToken: "AT3" });
  });

  it("forgets without a keyring what is in the file, and says that the keyring was not asked", async () => {
    using home = tempHome();
    const store = storeIn(home.codexHome, "auto");
    await store.save(credentials);
    expect(await store.delete("secure", credentials.url)).toEqual({
      found: true,
      keyringProblem: "Platform secure storage failure: none here",
    });
    expect(existsSync(store.file)).toBe(false);
    expect((await store.delete("secure", credentials.url)).found).toBe(false);
  });

  it("fails in known words when the keyring is the only place and is not there", async () => {
    using home = tempHome();
    const store = storeIn(home.codexHome, "keyring");
    await expect(store.delete("secure", credentials.url)).rejects.toThrow(
      "failed to delete OAuth credentials: failed to delete OAuth tokens from keyring",
    );
    await expect(store.save(credentials)).rejects.toThrow(KeyringError);
  });

  it("loses no login when two are kept at once", async () => {
    using home = tempHome();
    const names = ["a", "b", "c", "d"];
    await Promise.all(names.map((serverName) => storeIn(home.codexHome, "file").save({ ...credentials, serverName })));
    const found = await Promise.all(names.map((name) => storeIn(home.codexHome, "file").load(name, credentials.url)));
    expect(found.every((each) => each !== null)).toBe(true);
  });
});

describe("whether one can log in", () => {
  it.each([
    [
      "https://h/mcp",
      [
        "https://h/.well-known/oauth-authorization-server/mcp",
        "https://h/mcp/.well-known/oauth-authorization-server",
        "https://h/.well-known/oauth-authorization-server",
      ],
    ],
    [
      "https://h:8/a/b/",
      [
        "https://h:8/.well-known/oauth-authorization-server/a/b",
        "https://h:8/a/b/.well-known/oauth-authorization-server",
        "https://h:8/.well-known/oauth-authorization-server",
      ],
    ],
    ["https://h", ["https://h/.well-known/oauth-authorization-server"]],
  ])("is looked up for %s in the usual places", (url, places) => {
    expect(metadataPlaces(new URL(url))).toEqual(places);
  });

  it("is asked in the words of the older protocol, with the server's headers", async () => {
    await using fake = await startFakeMcpHttp({ oauth: true });
    expect(await discoverAuthorization(fake.url, { fetch: fetchIt, headers: { "X-A": "1" } })).toEqual({
      authorizationEndpoint: `${fake.origin}/authorize`,
      tokenEndpoint: `${fake.origin}/token`,
      registrationEndpoint: `${fake.origin}/register`,
    });
    expect(fake.seen[0]?.headers).toMatchObject({ "mcp-protocol-version": "2024-11-05", "x-a": "1" });
  });

  it("is part of a server's status", async () => {
    using home = tempHome();
    await using open = await startFakeMcpHttp();
    await using closed = await startFakeMcpHttp({ oauth: true });
    const store = storeIn(home.codexHome, "file");
    await store.save({ ...credentials, url: closed.url, serverName: "known" });
    const options = { store, env: {}, fetch: fetchIt };
    const status = (name: string, server: ReturnType<typeof serverConfig>): Promise<string> =>
      authStatus(name, server, options);
    expect(await status("s", serverConfig({ command: "x" }))).toBe("unsupported");
    expect(await status("s", serverConfig({ url: open.url }))).toBe("unsupported");
    expect(await status("s", serverConfig({ url: "::bad" }))).toBe("unsupported");
    expect(await status("s", serverConfig({ url: open.url, bearerTokenEnvVar: "UNSET" }))).toBe("bearer_token");
    expect(await status("s", serverConfig({ url: closed.url }))).toBe("not_logged_in");
    expect(await status("known", serverConfig({ url: closed.url }))).toBe("o_auth");
  });
});

async function startedLogin(
  fake: FakeMcpHttp,
  codexHome: string,
  timeoutMs?: number,
): ReturnType<typeof startMcpLogin> {
  return await startMcpLogin({
    server: "secure",
    url: fake.url,
    headers: {},
    scopes: ["s1", "s2"],
    callbackPort: null,
    store: storeIn(codexHome, "file"),
    fetch: fetchIt,
    now: () => NOW,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
}

describe("a login", () => {
  it("registers, sends the person to the server, exchanges the code and keeps the tokens", async () => {
    using home = tempHome();
    await using fake = await startFakeMcpHttp({ oauth: true });
    const login = await startedLogin(fake, home.codexHome);
    const url = new URL(login.authorizationUrl);
    expect([...url.searchParams.keys()]).toEqual([
      "response_type",
      "client_id",
      "state",
      "code_challenge",
      "code_challenge_method",
      "redirect_uri",
      "scope",
    ]);
    const { state, redirect_uri: redirect, code_challenge: challenge, ...rest } = Object.fromEntries(url.searchParams);
    expect(rest).toEqual({ response_type: "code", client_id: "cid1", code_challenge_method: "S256", scope: "s1 s2" });
    expect(redirect).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    expect(fake.seen.find(({ path }) => path === "/register")?.body).toEqual({
      client_name: "Codex",
      redirect_uris: [redirect],
      grant_types: ["authorization_code", "refresh_token"],
      token_endpoint_auth_method: "none",
      response_types: ["code"],
    });

    for (const wrong of [
      `${redirect}?code=C`,
      `${redirect}?state=${state}`,
      `${redirect}?code=C&state=other`,
      `${new URL(redirect ?? "").origin}/else?code=C&state=${state}`,
    ]) {
      const response = await fetch(wrong);
      expect([response.status, await response.text()]).toEqual([400, "Invalid OAuth callback"]);
    }
    const page = await fetch(`${redirect}?code=C1&state=${state}`);
    expect([page.status, await page.text()]).toEqual([200, "Authentication complete. You may close this window."]);
    await login.done;

    const form = fake.seen.find(({ path }) => path === "/token")?.body as Record<string, string>;
    const { code_verifier: verifier, ...fields } = form;
    expect(fields).toEqual({ grant_type: "authorization_code", code: "C1", client_id: "cid1", redirect_uri: redirect });
    expect(
      createHash("sha256")
        .update(verifier ?? "")
        .digest("base64url"),
    ).toBe(challenge);
    expect(await storeIn(home.codexHome, "file").load("secure", fake.url)).toMatchObject({
      accessToken: "AT1",
      refreshToken: "RT1",
      expiresAt: NOW + 3_600_000,
      scopes: ["s1", "s2"],
    });
  });

  it("needs a server that knows logins", async () => {
    using home = tempHome();
    await using fake = await startFakeMcpHttp();
    await expect(startedLogin(fake, home.codexHome)).rejects.toThrow("No authorization support detected");
  });

  it("ends when nobody comes back, when the server refuses, and when it is cancelled", async () => {
    using home = tempHome();
    await using fake = await startFakeMcpHttp({ oauth: true, grants: [{ error: "invalid_grant" }] });
    await expect((await startedLogin(fake, home.codexHome, 20)).done).rejects.toThrow(
      "timed out waiting for OAuth callback",
    );

    const cancelled = await startedLogin(fake, home.codexHome);
    cancelled.cancel();
    await expect(cancelled.done).rejects.toThrow("the login was cancelled");

    const denied = await startedLogin(fake, home.codexHome);
    const { state, redirect_uri: redirect } = Object.fromEntries(new URL(denied.authorizationUrl).searchParams);
    await fetch(`${redirect}?error=access_denied&state=${state}`);
    await expect(denied.done).rejects.toThrow("the server refused the login: access_denied");

    const refused = await startedLogin(fake, home.codexHome);
    const again = Object.fromEntries(new URL(refused.authorizationUrl).searchParams);
    await fetch(`${again["redirect_uri"]}?code=C&state=${again["state"]}`);
    await expect(refused.done).rejects.toThrow("the token endpoint refused (status 400): invalid_grant");
  });
});

describe("a stored login", () => {
  const login = (fake: FakeMcpHttp, store: CredentialStore): StoredLogin =>
    new StoredLogin({
      server: "secure",
      url: fake.url,
      headers: {},
      store,
      fetch: fetchIt,
      now: () => NOW,
      log: () => undefined,
    });

  it("goes with every request", async () => {
    using home = tempHome();
    await using fake = await startFakeMcpHttp({ tokens: ["AT1"] });
    const store = storeIn(home.codexHome, "file");
    await store.save({ ...credentials, url: fake.url });
    await using test = startServers({ secure: serverConfig({ url: fake.url }) }, { login: () => login(fake, store) });
    expect((await test.complete).ready).toEqual(["secure"]);
  });

  it.each([
    ["ends soon", NOW + 29_000, true],
    ["lasts", NOW + 31_000, false],
    ["has no end", null, false],
  ])("is renewed when it %s", async (_what, expiresAt, renews) => {
    using home = tempHome();
    await using fake = await startFakeMcpHttp({ oauth: true, grants: [{ access_token: "AT2", expires_in: 60 }] });
    const store = storeIn(home.codexHome, "file");
    await store.save({ ...credentials, url: fake.url, expiresAt });
    const mine = login(fake, store);
    const expected = { authorization: renews ? "Bearer AT2" : "Bearer AT1" };
    const headers = await Promise.all([mine.headers(), mine.headers()]);
    expect(headers).toEqual([expected, expected]);
    const requests = fake.seen.filter(({ path }) => path === "/token");
    expect(requests.map(({ body }) => body)).toEqual(
      renews ? [{ grant_type: "refresh_token", refresh_token: "RT", client_id: "cid1" }] : [],
    );
    const stored = await store.load("secure", fake.url);
    expect(stored).toMatchObject(
      renews ? { accessToken: "AT2", refreshToken: "RT", expiresAt: NOW + 60_000 } : { accessToken: "AT1" },
    );
  });

  it("that another process renewed is taken over, and its refresh token not spent again", async () => {
    using home = tempHome();
    await using fake = await startFakeMcpHttp({ oauth: true });
    const store = storeIn(home.codexHome, "file");
    await store.save({ ...credentials, url: fake.url, expiresAt: null });
    const mine = login(fake, store);
    const before = await mine.headers();
    await store.save({ ...credentials, url: fake.url, expiresAt: null, accessToken: "from elsewhere" });
    expect(await mine.renew(before)).toBe(true);
    expect(await mine.renew(before)).toBe(true);
    expect(await mine.headers()).toEqual({ authorization: "Bearer from elsewhere" });
    expect(fake.seen.filter(({ path }) => path === "/token")).toEqual([]);
  });

  it("that cannot be renewed is used as it is", async () => {
    using home = tempHome();
    await using fake = await startFakeMcpHttp({ oauth: true, grants: [{ error: "invalid_grant" }] });
    const store = storeIn(home.codexHome, "file");
    await store.save({ ...credentials, url: fake.url, expiresAt: NOW });
    const mine = login(fake, store);
    expect(await mine.headers()).toEqual({ authorization: "Bearer AT1" });
    expect(await mine.renew(await mine.headers())).toBe(false);
  });
});
