import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  AuthManager,
  completeDeviceLogin,
  deviceCodePrompt,
  DeviceLoginUnavailable,
  isHeadless,
  LoginError,
  requestDeviceCode,
  startBrowserLogin,
  type BrowserLogin,
  type BrowserLoginOptions,
  type DeviceLoginOptions,
} from "../src/index.js";
import { browserCommand } from "../src/login/open-browser.js";
import { fakeIssuer, idToken, tempHome, type Answer, type Issuer, type Seen } from "./issuer.js";

const NOW = new Date("2026-11-20T12:00:00.000Z");

interface Attempt extends BrowserLogin {
  readonly issuer: Issuer;
  readonly home: string;
  readonly state: string;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
}

const tokens = { id_token: idToken("acc-1"), access_token: "access-1", refresh_token: "refresh-1" };

/** Answers a code with tokens, and a token exchange with `apiKey`. */
const usual =
  (apiKey: Answer = { status: 400, json: {} }) =>
  (request: Seen): Answer =>
    request.body.startsWith("grant_type=authorization_code") ? { json: tokens } : apiKey;

async function begin(
  reply: (request: Seen) => Answer = usual(),
  more: Partial<BrowserLoginOptions> = {},
): Promise<Attempt> {
  const home = tempHome();
  const issuer = await fakeIssuer(reply);
  const auth = new AuthManager({ codexHome: home, env: {}, storeMode: "file" });
  const login = await startBrowserLogin({
    save: (each) => auth.save(each),
    originator: "codex cli",
    issuer: issuer.url,
    port: 0,
    now: () => NOW,
    ...more,
  });
  // Every test awaits it in its own way.
  login.done.catch(() => undefined);
  const state = new URL(login.authUrl).searchParams.get("state") ?? "";
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`http://localhost:${login.port}${path}`, { redirect: "manual", headers });
  return { ...login, issuer, home, state, get };
}

const stored = (home: string): unknown => JSON.parse(readFileSync(join(home, "auth.json"), "utf8"));

describe("the address to log in at", () => {
  it("has the parameters in their order, and a new secret each time", async () => {
    const { authUrl, port, issuer, cancel } = await begin(usual(), { workspaceId: "ws 1" });
    cancel();
    const challenge = /code_challenge=([A-Za-z0-9_-]{43})&/.exec(authUrl)?.[1];
    const state = /state=([A-Za-z0-9_-]{43})&/.exec(authUrl)?.[1];
    expect(authUrl).toBe(
      `${issuer.url}/oauth/authorize?response_type=code&client_id=app_EMoamEEZ73f0CkXaXp7hrann&redirect_uri=http%3A%2F%2Flocalhost%3A${port}%2Fauth%2Fcallback&scope=openid%20profile%20email%20offline_access&code_challenge=${challenge}&code_challenge_method=S256&id_token_add_organizations=true&codex_cli_simplified_flow=true&state=${state}&originator=codex%20cli&allowed_workspace_id=ws%201`,
    );
  });
});

describe("a browser login", () => {
  it("exchanges the code, keeps the login, and ends with the success page", async () => {
    const attempt = await begin();
    const callback = await attempt.get(`/auth/callback?code=the%20code&state=${attempt.state}`);
    expect(callback.status).toBe(302);
    const location = callback.headers.get("location") ?? "";
    expect(location).toBe(
      "/success?needs_setup=false&org_id=&project_id=&plan_type=&platform_url=https%3A%2F%2Fplatform.api.openai.org",
    );
    expect(await (await attempt.get(location)).text()).toContain("You are signed in");
    await attempt.done;

    const [exchange, forKey] = attempt.issuer.seen;
    const form = new URLSearchParams(exchange?.body);
    expect([exchange?.path, exchange?.headers["content-type"]]).toEqual([
      "/oauth/token",
      "application/x-www-form-urlencoded",
    ]);
    expect([...form.keys()]).toEqual(["grant_type", "code", "redirect_uri", "client_id", "code_verifier"]);
    expect([form.get("code"), form.get("redirect_uri")]).toEqual([
      "the code",
      `http://localhost:${attempt.port}/auth/callback`,
    ]);
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    expect(attempt.authUrl).toContain(`code_challenge=${challenge}&`);
    expect(Object.fromEntries(new URLSearchParams(forKey?.body))).toEqual({
      grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      client_id: "app_EMoamEEZ73f0CkXaXp7hrann",
      requested_token: "openai-api-key",
      subject_token: tokens.id_token,
      subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
    });
    expect(stored(attempt.home)).toEqual({
      OPENAI_API_KEY: null,
      tokens: { ...tokens, account_id: "acc-1" },
      last_refresh: NOW.toISOString(),
    });
  });

  it("with a key of the platform is still a ChatGPT login", async () => {
    const attempt = await begin(usual({ json: { access_token: "sk-platform" } }));
    await attempt.get(`/auth/callback?code=c&state=${attempt.state}`);
    expect(stored(attempt.home)).toMatchObject({ OPENAI_API_KEY: "sk-platform", auth_mode: "chatgpt" });
    const auth = new AuthManager({ codexHome: attempt.home, env: {}, storeMode: "file", now: () => NOW });
    expect(await auth.credentials()).toEqual({ kind: "chatgpt", token: "access-1", accountId: "acc-1" });
    await attempt.get("/success");
    await attempt.done;
  });

  it("of an owner whose organisation is not set up leads to the set-up, with what it needs", async () => {
    const id = idToken("acc-1", { is_org_owner: true, organization_id: "org-1", project_id: "p-1" });
    const attempt = await begin((request) =>
      request.body.includes("authorization_code") ? { json: { ...tokens, id_token: id } } : { status: 400 },
    );
    const location = (await attempt.get(`/auth/callback?code=c&state=${attempt.state}`)).headers.get("location") ?? "";
    const query = new URLSearchParams(location.slice("/success?".length));
    expect([query.get("id_token"), query.get("needs_setup"), query.get("org_id"), query.get("project_id")]).toEqual([
      id,
      "true",
      "org-1",
      "p-1",
    ]);
    const page = await (await attempt.get(location)).text();
    expect(page).toContain(
      `https://platform.api.openai.org/org-setup?p=&amp;t=${id}&amp;with_org=org-1&amp;project_id=p-1`,
    );
    await attempt.done;
  });

  it.each<[string, string, number, string]>([
    ["another state", "/auth/callback?code=c&state=wrong", 400, "State mismatch"],
    ["no state", "/auth/callback?code=c", 400, "State mismatch"],
    ["no code", "/auth/callback?state=STATE", 400, "Missing authorization code"],
    ["an empty code", "/auth/callback?code=&state=STATE", 400, "Missing authorization code"],
    ["the end before the beginning", "/success", 400, "Login is not complete"],
    ["anything else", "/favicon.ico", 404, "Not Found"],
  ])("%s does not end the attempt", async (_name, path, status, text) => {
    const attempt = await begin();
    const response = await attempt.get(path.replace("STATE", attempt.state));
    expect([response.status, await response.text()]).toEqual([status, text]);
    expect((await attempt.get(`/auth/callback?code=c&state=${attempt.state}`)).status).toBe(302);
    await attempt.get("/success");
    await attempt.done;
  });

  it("an exchange that fails can be tried again", async () => {
    let broken = true;
    const attempt = await begin((request) => (broken ? { status: 502, json: {} } : usual()(request)));
    const failed = await attempt.get(`/auth/callback?code=c&state=${attempt.state}`);
    expect([failed.status, await failed.text()]).toEqual([
      500,
      "Token exchange failed: token endpoint returned status 502 Bad Gateway",
    ]);
    broken = false;
    expect((await attempt.get(`/auth/callback?code=c&state=${attempt.state}`)).status).toBe(302);
    await attempt.get("/success");
    await attempt.done;
  });

  it("that the person or the issuer refuses ends with the reason, on the page and in the terminal", async () => {
    const attempt = await begin();
    const page = await attempt.get(
      `/auth/callback?error=access_denied&error_description=%3Cb%3ENo%3C%2Fb%3E&state=${attempt.state}`,
    );
    expect(await page.text()).toContain("&lt;b&gt;No&lt;/b&gt;");
    await expect(attempt.done).rejects.toThrow("Login failed: <b>No</b>");
  });

  it("a refusal with another state is no refusal", async () => {
    const attempt = await begin();
    expect((await attempt.get("/auth/callback?error=access_denied&state=x")).status).toBe(400);
    attempt.cancel();
    await expect(attempt.done).rejects.toThrow("Login cancelled");
  });

  it.each([
    ["ws-9", idToken("acc-1"), "Login is restricted to workspace id ws-9."],
    [
      "ws-9",
      idToken(""),
      "Login is restricted to a specific workspace, but the token did not include an chatgpt_account_id claim.",
    ],
  ])("to a workspace other than %s is refused and not kept", async (workspaceId, id, message) => {
    const attempt = await begin(() => ({ json: { ...tokens, id_token: id } }), { workspaceId });
    expect(await (await attempt.get(`/auth/callback?code=c&state=${attempt.state}`)).text()).toContain(message);
    await expect(attempt.done).rejects.toThrow(message);
    expect(() => stored(attempt.home)).toThrow("ENOENT");
  });

  it("that cannot be kept fails", async () => {
    const attempt = await begin(usual(), { save: () => Promise.reject(new Error("disk full")) });
    const response = await attempt.get(`/auth/callback?code=c&state=${attempt.state}`);
    expect([response.status, await response.text()]).toEqual([500, "Unable to persist auth file: disk full"]);
    await expect(attempt.done).rejects.toThrow("Unable to persist auth file: disk full");
  });

  it("is given up after a while", async () => {
    const attempt = await begin(usual(), { timeoutMs: 1 });
    await expect(attempt.done).rejects.toThrow("Login timed out");
  });

  it("is cancelled by another program, but not by a web page", async () => {
    const attempt = await begin();
    const foreign: Record<string, string>[] = [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }];
    for (const headers of foreign) {
      expect((await attempt.get("/cancel", headers)).status).toBe(403);
    }
    const response = await attempt.get("/cancel");
    expect([response.status, await response.text()]).toEqual([200, "Login cancelled"]);
    await expect(attempt.done).rejects.toThrow("Login cancelled");
  });

  it("answers this machine's names only", async () => {
    const attempt = await begin();
    const { request } = await import("node:http");
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request(
        { port: attempt.port, host: "127.0.0.1", path: "/cancel", headers: { host: "evil.example" } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      sent.on("error", reject).end();
    });
    expect(status).toBe(403);
    attempt.cancel();
  });

  it("outlives requests that are nonsense", async () => {
    const attempt = await begin();
    const { request } = await import("node:http");
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request({ port: attempt.port, host: "127.0.0.1", path: "//" }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on("error", reject).end();
    });
    expect(status).toBe(400);
    attempt.cancel();
  });

  it("that is cancelled while the code is exchanged keeps nothing", async () => {
    const asked = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const saved: unknown[] = [];
    const finished = Promise.withResolvers<void>();
    const attempt = await begin(usual(), {
      save: async (login) => void saved.push(login),
      fetch: async (_url, { body }) => {
        if (!String(body).includes("authorization_code")) {
          setImmediate(finished.resolve);
          return new Response("{}", { status: 400 });
        }
        asked.resolve();
        await go.promise;
        return Response.json(tokens);
      },
    });
    const callback = attempt.get(`/auth/callback?code=c&state=${attempt.state}`).catch(() => null);
    await asked.promise;
    expect([attempt.cancel(), attempt.cancel()]).toEqual([true, false]);
    await expect(attempt.done).rejects.toThrow("Login cancelled");
    go.resolve();
    await finished.promise;
    await callback;
    expect(saved).toEqual([]);
  });

  it("that is cancelled while it is kept stays, and says so", async () => {
    const asked = Promise.withResolvers<void>();
    const kept = Promise.withResolvers<void>();
    const attempt = await begin(usual(), {
      save: async () => {
        asked.resolve();
        await kept.promise;
      },
    });
    const callback = attempt.get(`/auth/callback?code=c&state=${attempt.state}`);
    await asked.promise;
    expect(attempt.cancel()).toBe(false);
    kept.resolve();
    expect((await callback).status).toBe(302);
    await attempt.get("/success");
    await attempt.done;
  });

  it("that is cancelled when it is kept already succeeds at once", async () => {
    const attempt = await begin();
    await attempt.get(`/auth/callback?code=c&state=${attempt.state}`);
    expect(attempt.cancel()).toBe(false);
    await attempt.done;
    expect(stored(attempt.home)).toMatchObject({ tokens: { access_token: "access-1" } });
  });

  it("takes the port over from an older attempt", async () => {
    const first = await begin();
    const second = await begin(usual(), { port: first.port });
    await expect(first.done).rejects.toThrow("Login cancelled");
    expect(second.port).toBe(first.port);
    second.cancel();
    await expect(second.done).rejects.toBeInstanceOf(LoginError);
  });

  it("says so when the port is not given up", async () => {
    const server = createServer((_request, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    try {
      await expect(begin(usual(), { port })).rejects.toThrow(`Port 127.0.0.1:${port} is already in use`);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});

describe("a device login", () => {
  const options = (issuer: Issuer, home: string, more: Partial<DeviceLoginOptions> = {}): DeviceLoginOptions => {
    const auth = new AuthManager({ codexHome: home, env: {}, storeMode: "file" });
    return {
      save: (login) => auth.save(login),
      issuer: `${issuer.url}/`,
      now: () => NOW,
      sleep: async () => undefined,
      ...more,
    };
  };
  const code = { device_auth_id: "dev-1", user_code: "ABCD-1234", interval: "5" };

  it("shows a code, waits for it to be entered, and keeps the login without a key", async () => {
    let polls = 0;
    const issuer = await fakeIssuer(({ path }) => {
      if (path.endsWith("/usercode")) {
        return { json: code };
      }
      if (path.endsWith("/deviceauth/token")) {
        return ++polls < 3
          ? { status: polls === 1 ? 403 : 404 }
          : { json: { authorization_code: "ac", code_challenge: "x", code_verifier: "ver" } };
      }
      return { json: tokens };
    });
    const home = tempHome();
    const waited: number[] = [];
    const settings = options(issuer, home, { sleep: async (milliseconds) => void waited.push(milliseconds) });
    const shown = await requestDeviceCode(settings);
    expect(shown).toEqual({
      verificationUrl: `${issuer.url}/codex/device`,
      userCode: "ABCD-1234",
      deviceAuthId: "dev-1",
      intervalMs: 5000,
    });
    await completeDeviceLogin(shown, settings);

    expect(waited).toEqual([5000, 5000]);
    expect(issuer.seen.map(({ path }) => path)).toEqual([
      "/api/accounts/deviceauth/usercode",
      "/api/accounts/deviceauth/token",
      "/api/accounts/deviceauth/token",
      "/api/accounts/deviceauth/token",
      "/oauth/token",
    ]);
    expect(JSON.parse(issuer.seen[0]?.body ?? "")).toEqual({ client_id: "app_EMoamEEZ73f0CkXaXp7hrann" });
    expect(JSON.parse(issuer.seen[1]?.body ?? "")).toEqual({ device_auth_id: "dev-1", user_code: "ABCD-1234" });
    expect(Object.fromEntries(new URLSearchParams(issuer.seen[4]?.body))).toMatchObject({
      code: "ac",
      code_verifier: "ver",
      redirect_uri: `${issuer.url}/deviceauth/callback`,
    });
    expect(stored(home)).toMatchObject({ OPENAI_API_KEY: null, tokens: { access_token: "access-1" } });
  });

  it.each<[string, Answer, string]>([
    [
      "is not offered",
      { status: 404 },
      "device code login is not enabled for this Codex server. Use the browser login or verify the server URL.",
    ],
    ["fails", { status: 500 }, "device code request failed with status 500 Internal Server Error"],
    ["has no code", { json: {} }, "the answer to the device code request has no code"],
    ["is no JSON", { text: "<html>" }, "the answer of the device login is not JSON"],
  ])("that %s", async (_name, answer, message) => {
    const issuer = await fakeIssuer(() => answer);
    await expect(requestDeviceCode(options(issuer, tempHome()))).rejects.toThrow(message);
  });

  it("that is not offered can be told from others", async () => {
    const issuer = await fakeIssuer(() => ({ status: 404 }));
    await expect(requestDeviceCode(options(issuer, tempHome()))).rejects.toBeInstanceOf(DeviceLoginUnavailable);
  });

  it("an older spelling of the code, and no interval", async () => {
    const issuer = await fakeIssuer(() => ({ json: { device_auth_id: "d", usercode: "U" } }));
    expect(await requestDeviceCode(options(issuer, tempHome()))).toMatchObject({ userCode: "U", intervalMs: 0 });
  });

  const pending = { verificationUrl: "", userCode: "U", deviceAuthId: "d", intervalMs: 60_000 };

  it("a refusal while waiting is final", async () => {
    const issuer = await fakeIssuer(() => ({ status: 410 }));
    await expect(completeDeviceLogin(pending, options(issuer, tempHome()))).rejects.toThrow(
      "device auth failed with status 410 Gone",
    );
  });

  it("is given up after 15 minutes", async () => {
    const issuer = await fakeIssuer(() => ({ status: 403 }));
    let clock = NOW.getTime();
    const settings = options(issuer, tempHome(), {
      now: () => new Date(clock),
      sleep: async (milliseconds) => void (clock += milliseconds),
    });
    await expect(completeDeviceLogin(pending, settings)).rejects.toThrow("device auth timed out after 15 minutes");
    expect(issuer.seen).toHaveLength(15);
  });

  it("can be stopped", async () => {
    const issuer = await fakeIssuer(() => ({ status: 403 }));
    const controller = new AbortController();
    const settings = options(issuer, tempHome(), { signal: controller.signal, sleep: async () => controller.abort() });
    await expect(completeDeviceLogin(pending, settings)).rejects.toThrow("abort");
  });

  it("stopped while the code is exchanged keeps nothing", async () => {
    const controller = new AbortController();
    const issuer = await fakeIssuer(({ path }) => {
      if (path !== "/oauth/token") return { json: { authorization_code: "ac", code_verifier: "v" } };
      controller.abort();
      return { json: tokens };
    });
    const home = tempHome();
    await expect(completeDeviceLogin(pending, options(issuer, home, { signal: controller.signal }))).rejects.toThrow(
      "abort",
    );
    expect(() => stored(home)).toThrow("ENOENT");
  });

  it("an exchange that fails says at which step", async () => {
    const issuer = await fakeIssuer(({ path }) =>
      path === "/oauth/token" ? { status: 400 } : { json: { authorization_code: "ac", code_verifier: "v" } },
    );
    await expect(completeDeviceLogin(pending, options(issuer, tempHome()))).rejects.toThrow(
      "device code exchange failed: token endpoint returned status 400 Bad Request",
    );
  });

  it("to another workspace is refused", async () => {
    const issuer = await fakeIssuer(({ path }) =>
      path === "/oauth/token" ? { json: tokens } : { json: { authorization_code: "ac", code_verifier: "v" } },
    );
    const home = tempHome();
    writeFileSync(join(home, "auth.json"), '{"OPENAI_API_KEY":"kept"}');
    await expect(completeDeviceLogin(pending, options(issuer, home, { workspaceId: "ws" }))).rejects.toThrow(
      "Login is restricted to workspace id ws.",
    );
    expect(stored(home)).toEqual({ OPENAI_API_KEY: "kept" });
  });

  it("prints link, code and warning, in colour or not", () => {
    const shown = { ...pending, verificationUrl: "https://issuer/codex/device", userCode: "ABCD-1234" };
    const plain = deviceCodePrompt(shown, "0.1.0", false);
    expect(plain).toContain("https://issuer/codex/device");
    expect(plain).toContain("ABCD-1234");
    expect(plain).toContain("expires in 15 minutes");
    expect(plain).not.toContain("\u001b");
    expect(deviceCodePrompt(shown, "0.1.0", true)).toContain("\u001b[94mABCD-1234\u001b[0m");
  });
});

describe("the browser", () => {
  it.each([
    ["darwin", ["open", "http://u?a=1&b=2"]],
    ["win32", ["rundll32", "url.dll,FileProtocolHandler", "http://u?a=1&b=2"]],
    ["linux", ["xdg-open", "http://u?a=1&b=2"]],
  ] as const)("is opened on %s without a shell", (platform, argv) => {
    expect(browserCommand("http://u?a=1&b=2", platform)).toEqual(argv);
  });

  it.each<[Record<string, string>, NodeJS.Platform, boolean]>([
    [{ DISPLAY: ":0" }, "linux", false],
    [{ WAYLAND_DISPLAY: "w" }, "linux", false],
    [{}, "linux", true],
    [{ DISPLAY: ":0", SSH_CONNECTION: "1" }, "linux", true],
    [{}, "darwin", false],
    [{ SSH_TTY: "/dev/pts/0" }, "darwin", true],
    [{}, "win32", false],
  ])("with %j on %s: nobody would see it: %s", (env, platform, headless) => {
    expect(isHeadless(env, platform)).toBe(headless);
  });
});
