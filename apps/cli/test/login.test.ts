/** `codex login`, `login status` and `logout` at the executable: every text, stream and exit code. */

import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { executable, runCodex, tempHome, type RunResult, type TempHome } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";

const KEY = "sk-test-0123456789ABCDEF";

async function codex(home: TempHome, args: string[], input = "", env: Record<string, string> = {}): Promise<RunResult> {
  return await runCodex(executable(), args, { cwd: home.workspace, env: { ...home.env, ...env }, input });
}

function authFile(home: TempHome): string {
  return join(home.codexHome, "auth.json");
}

describe("an API key", () => {
  it("is read from stdin, kept for the user alone, shown masked, and forgotten", async () => {
    using home = tempHome();
    const login = await codex(home, ["login", "--with-api-key"], `  ${KEY}\n`);
    expect(login).toMatchObject({
      code: 0,
      stdout: "",
      stderr: "Reading API key from stdin...\nSuccessfully logged in\n",
    });
    expect(JSON.parse(readFileSync(authFile(home), "utf8"))).toMatchObject({ OPENAI_API_KEY: KEY });
    expect(statSync(authFile(home)).mode & 0o777).toBe(0o600);

    const status = await codex(home, ["login", "status"]);
    expect(status).toMatchObject({
      code: 0,
      stdout: "",
      stderr: "Logged in using an API key - sk-test-***BCDEF\n",
    });

    expect(await codex(home, ["logout"])).toMatchObject({ code: 0, stdout: "", stderr: "Successfully logged out\n" });
    expect(existsSync(authFile(home))).toBe(false);
    expect(await codex(home, ["logout"])).toMatchObject({ code: 0, stderr: "Not logged in\n" });
  });
});

interface Refusal {
  what: string;
  args: string[];
  input?: string;
  config?: string;
  env?: Record<string, string>;
  code?: number;
  stderr: unknown;
}

const CHATGPT_ONLY = 'forced_login_method = "chatgpt"';
const API_ONLY = 'forced_login_method = "api"';

describe("what is refused", () => {
  it.each<Refusal>([
    { what: "status without a login", args: ["login", "status"], stderr: "Not logged in\n" },
    {
      what: "status with a key in the environment only",
      args: ["login", "status"],
      env: { CODEX_API_KEY: KEY, OPENAI_API_KEY: KEY },
      stderr: "Not logged in\n",
    },
    {
      what: "an empty key",
      args: ["login", "--with-api-key"],
      input: " \n",
      stderr: "Reading API key from stdin...\nNo API key provided via stdin.\n",
    },
    {
      what: "a key as an argument",
      args: ["login", "--api-key", KEY],
      stderr:
        "The --api-key flag is no longer supported. Pipe the key instead, e.g. `printenv OPENAI_API_KEY | codex login --with-api-key`.\n",
    },
    {
      what: "a key where it is forbidden",
      args: ["login", "--with-api-key"],
      input: KEY,
      config: CHATGPT_ONLY,
      stderr: "API key login is disabled. Use ChatGPT login instead.\n",
    },
    {
      what: "a browser where it is forbidden",
      args: ["login"],
      config: API_ONLY,
      stderr: "ChatGPT login is disabled. Use API key login instead.\n",
    },
    {
      what: "a device code where it is forbidden",
      args: ["login", "--device-auth", "--with-api-key"],
      config: API_ONLY,
      stderr: "ChatGPT login is disabled. Use API key login instead.\n",
    },
    {
      what: "a device code without its server",
      args: ["login", "--device-auth", "--experimental_issuer", "http://127.0.0.1:9"],
      stderr: expect.stringMatching(/^Error logging in with device code: .+\n$/),
    },
    {
      what: "an override that is none",
      args: ["login", "status", "-c", "foo"],
      stderr: "Error parsing -c overrides: Invalid override (missing '='): foo\n",
    },
    {
      what: "an override without a key, at logout",
      args: ["logout", "-c", "=x"],
      stderr: "Error parsing -c overrides: Empty key in override: =x\n",
    },
    {
      what: "a broken configuration",
      args: ["login", "status"],
      config: "model = [\n",
      stderr: expect.stringMatching(/^Error loading configuration: .*config\.toml:\d+:\d+: /),
    },
    {
      what: "an unknown command",
      args: ["login", "bogus"],
      code: 2,
      stderr: expect.stringMatching(/^error: unrecognized subcommand 'bogus'\n/),
    },
  ])("$what", async ({ args, input, config = "", env, code = 1, stderr }) => {
    using home = tempHome({ config });
    const result = await codex(home, args, input, env);
    expect(result).toEqual({ code, signal: null, stdout: "", stderr });
    expect(existsSync(authFile(home))).toBe(false);
  });

  it("a file that is no login", async () => {
    using home = tempHome();
    writeFileSync(authFile(home), "{oops");
    const result = await codex(home, ["login", "status"]);
    expect(result.stderr).toMatch(/^Error checking login status: /);
    expect(result.code).toBe(1);
  });
});

describe("a device code", () => {
  it("is shown, waited for and turned into a login", async () => {
    using home = tempHome();
    await using issuer = await startIssuer();
    const result = await codex(home, ["login", "--device-auth", "--experimental_issuer", issuer.url]);
    expect(result.stderr).toBe("Successfully logged in\n");
    expect(result.stdout).toContain(`${issuer.url}/codex/device`);
    expect(result.stdout).toContain("CODE-1234");
    expect(result.stdout).not.toContain("\u001b");
    expect(result.code).toBe(0);
    expect(await codex(home, ["login", "status"])).toMatchObject({ code: 0, stderr: "Logged in using ChatGPT\n" });
  });
});

describe("a login that the configuration forbids", () => {
  const nowhere = `model_provider = "nowhere"
[model_providers.nowhere]
name = "n"
base_url = "http://127.0.0.1:9"
request_max_retries = 0
stream_max_retries = 0
`;

  it("keeps exec from starting, and stays where it is", async () => {
    using home = tempHome({ config: `${CHATGPT_ONLY}\n${nowhere}` });
    await codex(home, ["-c", API_ONLY, "login", "--with-api-key"], KEY);
    const result = await codex(home, ["exec", "hello"]);
    expect(result.stderr).toMatch(/^ChatGPT login is required, but an API key is currently being used\..*\n$/);
    expect(result.code).toBe(1);
    expect(existsSync(authFile(home))).toBe(true);
    expect(existsSync(join(home.codexHome, "sessions"))).toBe(false);
  });

  it("also when it comes from the environment", async () => {
    using home = tempHome({ config: `${CHATGPT_ONLY}\n${nowhere}` });
    const result = await codex(home, ["exec", "hello"], "", { CODEX_API_KEY: KEY });
    expect(result.stderr).toContain("ChatGPT login is required");
    expect(existsSync(join(home.codexHome, "sessions"))).toBe(false);
  });

  it("a workspace rule says nothing about API keys", async () => {
    using home = tempHome({ config: `forced_chatgpt_workspace_id = "w"\n${nowhere}` });
    await codex(home, ["login", "--with-api-key"], KEY);
    const result = await codex(home, ["exec", "hello"]);
    expect(result.stderr).not.toContain("workspace w");
    expect(existsSync(join(home.codexHome, "sessions"))).toBe(true);
  });
});

/** An issuer whose person enters the code at once. */
async function startIssuer(): Promise<AsyncDisposable & { url: string }> {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const token = `${part({ alg: "none" })}.${part({ email: "a@b.c", "https://api.openai.com/auth": { chatgpt_account_id: "acc-1", chatgpt_plan_type: "plus" } })}.c2ln`;
  const replies: Record<string, unknown> = {
    "/api/accounts/deviceauth/usercode": { device_auth_id: "d", user_code: "CODE-1234", interval: "0" },
    "/api/accounts/deviceauth/token": { authorization_code: "a", code_challenge: "c", code_verifier: "v" },
    "/oauth/token": { id_token: token, access_token: token, refresh_token: "r" },
  };
  const server: Server = createServer((request, response) => {
    const reply = replies[request.url ?? ""];
    request.resume();
    response.writeHead(reply === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(reply ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
