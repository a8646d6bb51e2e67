/** `codex mcp`: what it writes, what it prints, and how it ends. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArguments, UsageError, type Program } from "@codex-ts/launch";
import { startFakeMcpHttp, tempHome, type TempHome } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { runMcp } from "../src/commands/mcp.js";
import { rootCommand } from "../src/commands/root.js";

interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

interface RunOptions {
  terminal?: boolean;
  onStdout?: (text: string) => void;
}

/** Runs `codex mcp ...` in this process, with errors worded as the executable words them. */
async function mcp(home: TempHome, args: string[], { terminal = false, onStdout }: RunOptions = {}): Promise<Run> {
  const run: Run = { code: 0, stdout: "", stderr: "" };
  const parsed = parseArguments(rootCommand, ["mcp", ...args]);
  if (parsed.kind !== "run") return { ...run, code: 2, stderr: parsed.kind === "error" ? parsed.text : "" };
  const program: Program = {
    cwd: home.workspace,
    env: home.env,
    self: { executable: undefined, patchProgram: [] },
    stdout: (text) => {
      run.stdout += text;
      onStdout?.(text);
    },
    stderr: (text) => {
      run.stderr += text;
    },
    stdinIsTerminal: () => false,
    stdoutIsTerminal: () => terminal,
    stderrIsTerminal: () => terminal,
    stderrColumns: () => 80,
    readStdin: () => Promise.resolve(new Uint8Array()),
    onSignals: () => () => undefined,
    exit: () => {
      throw new Error("exit");
    },
    log: () => undefined,
  };
  try {
    run.code = await runMcp(parsed.line, program);
  } catch (error) {
    run.code = error instanceof UsageError ? 2 : 1;
    run.stderr +=
      error instanceof UsageError ? error.message : `Error: ${error instanceof Error ? error.message : ""}\n`;
  }
  return run;
}

function configOf(home: TempHome): string {
  return readFileSync(join(home.codexHome, "config.toml"), "utf8");
}

describe("codex mcp add", () => {
  it("writes a server that is started", async () => {
    using home = tempHome({ config: '# mine\nmodel = "m"\n' });
    const run = await mcp(home, ["add", "ok", "--env", "A=1=2", "--env", " B =x", "--", "npx", "-y", "srv", "--flag"]);
    expect(run).toEqual({ code: 0, stdout: "Added global MCP server 'ok'.\n", stderr: "" });
    expect(configOf(home)).toBe(
      '# mine\nmodel = "m"\n\n[mcp_servers.ok]\ncommand = "npx"\nargs = ["-y", "srv", "--flag"]\n\n[mcp_servers.ok.env]\nA = "1=2"\nB = "x"\n',
    );
  });

  it("takes the first word of a command as its beginning", async () => {
    using home = tempHome();
    await mcp(home, ["add", "ok", "npx", "--flag", "-y"]);
    expect(configOf(home)).toBe('[mcp_servers.ok]\ncommand = "npx"\nargs = ["--flag", "-y"]\n');
  });

  it("writes a server behind a URL, and asks nobody when there is a token", async () => {
    using home = tempHome();
    const run = await mcp(home, ["add", "h", "--url", "http://127.0.0.1:1/x", "--bearer-token-env-var", "TOK"]);
    expect(run.stdout).toBe("Added global MCP server 'h'.\n");
    expect(configOf(home)).toBe('[mcp_servers.h]\nurl = "http://127.0.0.1:1/x"\nbearer_token_env_var = "TOK"\n');
  });

  it.each([
    [["add", "x:y", "--", "cmd"], 1, "Error: invalid server name 'x:y' (use letters, numbers, '-', '_')\n"],
    [["add", "x", "--url", "http://a", "--env", "A=1"], 1, "Error: command is required\n"],
    [["add", "x"], 2, "error: the following required arguments were not provided:\n  <COMMAND|--url <URL>>\n"],
    [
      ["add", "x", "--url", "u", "--", "cmd"],
      2,
      "error: the argument '--url <URL>' cannot be used with '[COMMAND]...'\n",
    ],
    [
      ["add", "x", "--bearer-token-env-var", "T", "--", "cmd"],
      2,
      "error: the following required arguments were not provided:",
    ],
    [
      ["add", "x", "--env", "BAD", "--", "cmd"],
      2,
      "error: invalid value 'BAD' for '--env <KEY=VALUE>': environment entries must be in KEY=VALUE form\n",
    ],
    [
      ["add", "x", "--env", "=v", "--", "cmd"],
      2,
      "error: invalid value '=v' for '--env <KEY=VALUE>': environment entries must be in KEY=VALUE form\n",
    ],
  ])("refuses %j", async (args, code, message) => {
    using home = tempHome();
    const run = await mcp(home, args);
    expect(run.code).toBe(code);
    expect(run.stderr.startsWith(message)).toBe(true);
    expect(configOf(home)).toBe("");
  });

  it("leaves everything else in the file as it is", async () => {
    const others =
      '[mcp_servers.a] # first\ncommand = "x"\ndisabled_tools = []\nstartup_timeout_ms = 30\n\n# about b\n[mcp_servers.b]\nurl = "http://b"\n';
    using home = tempHome({ config: others });
    await mcp(home, ["add", "c", "--", "cmd"]);
    expect(configOf(home)).toBe(`${others}\n[mcp_servers.c]\ncommand = "cmd"\n`);
    await mcp(home, ["remove", "c"]);
    expect(configOf(home).trimEnd()).toBe(others.trimEnd());
  });

  it("replaces a server only when it is told to, and may be repeated", async () => {
    using home = tempHome();
    await mcp(home, ["add", "s", "--", "one"]);
    expect((await mcp(home, ["add", "s", "--", "one"])).code).toBe(0);
    const refused = await mcp(home, ["add", "s", "--", "two"]);
    expect(refused).toEqual({
      code: 1,
      stdout: "",
      stderr: "Error: MCP server 's' is configured already, and differently; use --force to replace it.\n",
    });
    expect((await mcp(home, ["add", "s", "--force", "--", "two"])).code).toBe(0);
    expect(configOf(home)).toBe('[mcp_servers.s]\ncommand = "two"\n');
  });

  it("says that a login may be needed where it cannot find out", async () => {
    using home = tempHome();
    const run = await mcp(home, ["add", "h", "--url", "::bad"]);
    expect(run.stdout).toBe(
      "Added global MCP server 'h'.\nMCP server may or may not require login. Run `codex mcp login h` to login.\n",
    );
  });

  it("says no more where nobody logs in", async () => {
    using home = tempHome();
    await using fake = await startFakeMcpHttp();
    expect((await mcp(home, ["add", "h", "--url", fake.url])).stdout).toBe("Added global MCP server 'h'.\n");
  });
});

describe("codex mcp remove", () => {
  it("fails when there is no such server", async () => {
    using home = tempHome();
    expect(await mcp(home, ["remove", "nope"])).toEqual({
      code: 1,
      stdout: "No MCP server named 'nope' found.\n",
      stderr: "",
    });
  });
});

const many = `
[mcp_servers.dis]
command = "srv"
enabled = false

[mcp_servers.full2]
command = "cmd"
args = ["-a", "b", "c"]
env_vars = ["PASS"]
cwd = "/tmp"
startup_timeout_sec = 2.5
tool_timeout_sec = 30
enabled_tools = ["a", "b"]
disabled_tools = []
[mcp_servers.full2.env]
Z = "secret1"
A = "secret2"

[mcp_servers.http2]
url = "http://127.0.0.1:1/mcp"
bearer_token_env_var = "TOK"
http_headers = { X-A = "secret3" }
env_http_headers = { X-E = "EVAR" }
`;

describe("codex mcp list and get", () => {
  it("say what to do when there is nothing", async () => {
    using home = tempHome();
    expect((await mcp(home, ["list"])).stdout).toBe(
      "No MCP servers configured yet. Try `codex mcp add my-tool -- my-command`.\n",
    );
    expect((await mcp(home, ["list", "--json"])).stdout).toBe("[]\n");
  });

  it("show servers in tables", async () => {
    using home = tempHome({ config: many });
    const line = (text: string): string => `${text}\n`;
    expect((await mcp(home, ["list"])).stdout).toBe(
      line("Name   Command  Args    Env                           Cwd   Status    Auth       ") +
        line("dis    srv      -       -                             -     disabled  Unsupported") +
        line("full2  cmd      -a b c  A=*****, Z=*****, PASS=*****  /tmp  enabled   Unsupported") +
        line("") +
        line("Name   Url                     Bearer Token Env Var  Status   Auth        ") +
        line("http2  http://127.0.0.1:1/mcp  TOK                   enabled  Bearer token"),
    );
  });

  it("show one server in lines", async () => {
    using home = tempHome({ config: many });
    expect((await mcp(home, ["get", "dis"])).stdout).toBe("dis (disabled)\n");
    expect((await mcp(home, ["get", "full2"])).stdout).toBe(
      [
        "full2",
        "  enabled: true",
        "  enabled_tools: a, b",
        "  disabled_tools: []",
        "  transport: stdio",
        "  command: cmd",
        "  args: -a b c",
        "  cwd: /tmp",
        "  env: A=*****, Z=*****, PASS=*****",
        "  startup_timeout_sec: 2.5",
        "  tool_timeout_sec: 30",
        "  remove: codex mcp remove full2",
        "",
      ].join("\n"),
    );
    expect((await mcp(home, ["get", "http2"])).stdout).toBe(
      [
        "http2",
        "  enabled: true",
        "  transport: streamable_http",
        "  url: http://127.0.0.1:1/mcp",
        "  bearer_token_env_var: TOK",
        "  http_headers: X-A=*****",
        "  env_http_headers: X-E=EVAR",
        "  remove: codex mcp remove http2",
        "",
      ].join("\n"),
    );
  });

  it("print JSON for programs", async () => {
    using home = tempHome({ config: many });
    const listed = await mcp(home, ["list", "--json"]);
    expect(listed.stdout).toContain('"tool_timeout_sec": 30.0,');
    expect(listed.stdout).toContain('"startup_timeout_sec": 2.5,');
    const servers: unknown = JSON.parse(listed.stdout);
    const full2 = {
      name: "full2",
      enabled: true,
      disabled_reason: null,
      transport: {
        type: "stdio",
        command: "cmd",
        args: ["-a", "b", "c"],
        env: { A: "secret2", Z: "secret1" },
        env_vars: ["PASS"],
        cwd: "/tmp",
      },
      startup_timeout_sec: 2.5,
      tool_timeout_sec: 30,
    };
    expect(servers).toEqual([
      expect.objectContaining({ name: "dis", enabled: false }),
      { ...full2, auth_status: "unsupported" },
      {
        name: "http2",
        enabled: true,
        disabled_reason: null,
        transport: {
          type: "streamable_http",
          url: "http://127.0.0.1:1/mcp",
          bearer_token_env_var: "TOK",
          http_headers: { "X-A": "secret3" },
          env_http_headers: { "X-E": "EVAR" },
        },
        startup_timeout_sec: null,
        tool_timeout_sec: null,
        auth_status: "bearer_token",
      },
    ]);
    const got: unknown = JSON.parse((await mcp(home, ["get", "full2", "--json"])).stdout);
    expect(got).toEqual({ ...full2, enabled_tools: ["a", "b"], disabled_tools: [] });
  });

  it("show no secrets on a terminal", async () => {
    using home = tempHome({ config: many });
    const runs = await Promise.all(
      [["list"], ["list", "--json"], ["get", "full2", "--json"], ["get", "http2", "--json"]].map((args) =>
        mcp(home, args, { terminal: true }),
      ),
    );
    expect(runs.map(({ stdout }) => stdout).join("")).not.toMatch(/secret/);
  });

  it.each([
    [["get", "nope"], "Error: No MCP server named 'nope' found.\n"],
    [["login", "nope"], "Error: No MCP server named 'nope' found.\n"],
    [["logout", "nope"], "Error: No MCP server named 'nope' found in configuration.\n"],
    [["login", "dis"], "Error: OAuth login is only supported for streamable HTTP servers.\n"],
    [["logout", "dis"], "Error: OAuth logout is only supported for streamable_http transports.\n"],
  ])("%j fails in known words", async (args, stderr) => {
    using home = tempHome({ config: many });
    expect(await mcp(home, args)).toEqual({ code: 1, stdout: "", stderr });
  });
});

describe("codex mcp login and logout", () => {
  /** Does what the person in the browser would. */
  const visit = (text: string): void => {
    const url = /(http\S+\/authorize\S+)/.exec(text)?.[1];
    if (url === undefined) return;
    const { state, redirect_uri: redirect } = Object.fromEntries(new URL(url).searchParams);
    void fetch(`${redirect}?code=C1&state=${state}`);
  };

  it("log in, show the login, and forget it, also without a keyring", async () => {
    using home = tempHome();
    await using fake = await startFakeMcpHttp({ oauth: true });
    home.writeConfig(`[mcp_servers.secure]\nurl = "${fake.url}"\nscopes = ["s1", "s2"]\n`);
    expect((await mcp(home, ["list"])).stdout).toContain("Not logged in");

    const login = await mcp(home, ["login", "secure"], { onStdout: visit });
    expect(login.code).toBe(0);
    expect(login.stdout).toMatch(/^Authorize `secure` by opening this URL in your browser:\nhttp\S+scope=s1\+s2\n\n/);
    expect(login.stdout).toContain("(Browser launch failed; please copy the URL above manually.)\n");
    expect(login.stdout.endsWith("Successfully logged in to MCP server 'secure'.\n")).toBe(true);
    expect((await mcp(home, ["list"])).stdout).toContain("OAuth");

    expect((await mcp(home, ["logout", "secure"])).stdout).toBe("Removed OAuth credentials for 'secure'.\n");
    expect(existsSync(join(home.codexHome, ".credentials.json"))).toBe(false);
    const again = await mcp(home, ["logout", "secure"]);
    expect([again.code, again.stdout]).toEqual([0, "No OAuth credentials stored for 'secure'.\n"]);
  });

  it("ask for the scopes that are named", async () => {
    using home = tempHome();
    await using fake = await startFakeMcpHttp({ oauth: true });
    home.writeConfig(`[mcp_servers.secure]\nurl = "${fake.url}"\nscopes = ["s1"]\n`);
    const { stdout } = await mcp(home, ["login", "secure", "--scopes", "a,b"], { onStdout: visit });
    expect(stdout).toContain("scope=a+b");
  });

  it("begin right after a server was added that knows logins", async () => {
    using home = tempHome();
    await using fake = await startFakeMcpHttp({ oauth: true });
    const { stdout } = await mcp(home, ["add", "secure", "--url", fake.url], { onStdout: visit });
    expect(stdout).toMatch(
      /^Added global MCP server 'secure'\.\nDetected OAuth support\. Starting OAuth flow…\nAuthorize /,
    );
    expect(stdout.endsWith("Successfully logged in.\n")).toBe(true);
  });

  it("say where nobody can log in", async () => {
    using home = tempHome();
    await using fake = await startFakeMcpHttp();
    home.writeConfig(`[mcp_servers.open]\nurl = "${fake.url}"\n`);
    expect((await mcp(home, ["login", "open"])).stderr).toBe("Error: No authorization support detected\n");
  });
});
