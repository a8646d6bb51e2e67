import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tempHome } from "@codex-ts/test-support";
import { fakeServer, never, serverConfig, startServers, until } from "./support/thread.js";

const sandbox = { sandboxPolicy: { type: "read-only" as const }, sandboxCwd: "/repo" };

describe("the start of servers", () => {
  it("tells of each server, then of the whole", async () => {
    await using test = startServers({
      one: fakeServer(),
      two: fakeServer({ greeting: "exit" }),
      off: fakeServer({}, { enabled: false }),
    });
    const complete = await test.complete;
    expect(test.heard.startup.slice(0, 2)).toEqual([
      ["one", { state: "starting" }],
      ["two", { state: "starting" }],
    ]);
    expect(
      test.heard.startup
        .slice(2)
        .map(([name, { state }]) => `${name} ${state}`)
        .sort(),
    ).toEqual(["one ready", "two failed"]);
    expect(complete).toMatchObject({ ready: ["one"], failed: [{ server: "two" }], cancelled: [] });
  });

  it("is complete at once without servers", async () => {
    await using test = startServers({});
    expect(await test.complete).toEqual({ ready: [], failed: [], cancelled: [] });
    expect(test.heard.startup).toEqual([]);
  });

  it.each([
    [
      "bad name",
      "MCP client for `bad name` failed to start: MCP startup failed: Invalid MCP server name 'bad name': must match pattern ^[a-zA-Z0-9_-]+$",
      fakeServer(),
    ],
    [
      "missing",
      "MCP client for `missing` failed to start: MCP startup failed: No such file or directory (os error 2)",
      serverConfig({ command: "/nowhere/at/all" }),
    ],
    [
      "dies",
      "MCP client for `dies` failed to start: MCP startup failed: handshaking with MCP server failed: connection closed: initialize response",
      fakeServer({ greeting: "exit" }),
    ],
    [
      "dies_loud",
      "MCP client for `dies_loud` failed to start: MCP startup failed: handshaking with MCP server failed: connection closed: initialize response (it said: no such module)",
      fakeServer({ greeting: "exit", stderr: "no such module\n" }),
    ],
    [
      "refuses",
      "MCP client for `refuses` failed to start: MCP startup failed: handshaking with MCP server failed: Mcp error: -32000: not today",
      fakeServer({ greeting: "error" }),
    ],
    [
      "slow",
      "MCP client for `slow` timed out after 0 seconds. Add or adjust `startup_timeout_sec` in your config.toml:\n[mcp_servers.slow]\nstartup_timeout_sec = XX",
      fakeServer({ greeting: "hang" }, { startupTimeoutSec: 0.2 }),
    ],
    [
      "garbage",
      "MCP client for `garbage` timed out after 0 seconds. Add or adjust `startup_timeout_sec` in your config.toml:\n[mcp_servers.garbage]\nstartup_timeout_sec = XX",
      fakeServer({ greeting: "garbage" }, { startupTimeoutSec: 0.2 }),
    ],
    [
      "list",
      "MCP client for `list` failed to start: MCP startup failed: timed out awaiting tools/list after 3s",
      fakeServer({ hangingList: true }, { startupTimeoutSec: 3 }),
    ],
    [
      "circle",
      "MCP client for `circle` failed to start: MCP startup failed: tools/list failed: the list never ends: cursor '3' came again",
      fakeServer({ pageSize: 3, circularPages: true }),
    ],
    [
      "tok",
      "MCP client for `tok` failed to start: MCP startup failed: Environment variable NOSUCHTOK for MCP server 'tok' is not set",
      serverConfig({ url: "http://127.0.0.1:1/mcp", bearerTokenEnvVar: "NOSUCHTOK" }),
    ],
  ])("fails in known words: %s", async (name, error, config) => {
    await using test = startServers({ [name]: config });
    expect((await test.complete).failed).toEqual([{ server: name, error }]);
  });

  it("gives advice for the one server that takes tokens only", async () => {
    const server = serverConfig({ url: "https://api.githubcopilot.com/mcp/" });
    await using test = startServers(
      { gh: server },
      { fetch: () => Promise.resolve(new Response(null, { status: 401 })) },
    );
    expect((await test.complete).failed[0]?.error).toMatch(/personal access token.*bearer_token_env_var/s);
  });

  it("tells where to log in", async () => {
    const server = serverConfig({ url: "https://example.test/mcp" });
    await using test = startServers(
      { secure: server },
      { fetch: () => Promise.resolve(new Response(null, { status: 401 })) },
    );
    const error = "The secure MCP server is not logged in. Run `codex mcp login secure`.";
    expect((await test.complete).failed).toEqual([{ server: "secure", error }]);
  });

  it("greets as servers know it", async () => {
    using home = tempHome();
    const record = join(home.root, "record");
    await using test = startServers({ fake: fakeServer({ record }) });
    await test.complete;
    const lines = readFileSync(record, "utf8")
      .split("\n")
      .filter((line) => line.startsWith("{"));
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      {
        jsonrpc: "2.0",
        id: 0,
        method: "initialize",
        params: {
          protocolVersion: "2025-06-18",
          capabilities: { elicitation: {} },
          clientInfo: { name: "codex-mcp-client", title: "Codex", version: "0.92.0" },
        },
      },
      { jsonrpc: "2.0", method: "notifications/initialized" },
      { jsonrpc: "2.0", id: 1, method: "tools/list", params: { _meta: { progressToken: 0 } } },
    ]);
  });

  it("reads all pages of the list of tools", async () => {
    await using paged = startServers({ fake: fakeServer({ pageSize: 2 }) });
    await using whole = startServers({ fake: fakeServer() });
    await Promise.all([paged.complete, whole.complete]);
    expect(paged.names()).toEqual(whole.names());
  });

  it.each([
    [null, ["echo"], (names: string[]) => !names.includes("mcp__fake__echo") && names.length > 5],
    [["echo", "image"], null, (names: string[]) => names.join() === "mcp__fake__echo,mcp__fake__image"],
    [["echo", "image"], ["image"], (names: string[]) => names.join() === "mcp__fake__echo"],
    [[], null, (names: string[]) => names.length === 0],
  ])("keeps tools out: enabled %o, disabled %o", async (enabledTools, disabledTools, fits) => {
    await using test = startServers({ fake: fakeServer({}, { enabledTools, disabledTools }) });
    await test.complete;
    expect(test.names()).toSatisfy(fits);
  });

  it("keeps them out of calls, too", async () => {
    await using test = startServers({ fake: fakeServer({}, { disabledTools: ["echo"] }) });
    await test.complete;
    await expect(test.text("echo")).rejects.toThrow("tool 'echo' is disabled for MCP server 'fake'");
  });

  it("skips what a server prints before it speaks the protocol", async () => {
    await using test = startServers({
      fake: fakeServer({ chatter: ["Welcome!", "", "[server] listening"], stderr: "hi\n" }),
    });
    expect((await test.complete).ready).toEqual(["fake"]);
  });
});

describe("a turn that waits for servers", () => {
  it("goes on when they had time enough, says so once, and has their tools later", async () => {
    using home = tempHome();
    const go = join(home.root, "go");
    await using test = startServers({ fast: fakeServer(), late: fakeServer({ greetsAfter: go }) }, { patienceMs: 20 });
    await until(() => test.heard.startup.some(([name, { state }]) => name === "fast" && state === "ready"));
    expect(await test.servers.ready(sandbox, never())).toEqual(["late"]);
    expect(test.servers.servers()).toEqual(["fast"]);
    expect(await test.servers.ready(sandbox, never())).toEqual([]);
    writeFileSync(go, "");
    await test.complete;
    expect(await test.servers.ready(sandbox, never())).toEqual([]);
    expect(test.servers.servers()).toEqual(["fast", "late"]);
  });

  it("stops waiting when it is cut short", async () => {
    await using test = startServers({ hangs: fakeServer({ greeting: "hang" }) });
    await test.servers.ready(sandbox, AbortSignal.timeout(20));
    expect(test.heard.complete).toBeNull();
  });

  it("does not wait for servers that were given up", async () => {
    await using test = startServers({ hangs: fakeServer({ greeting: "hang" }), up: fakeServer() });
    await until(() => test.servers.servers().length === 1);
    test.servers.cancelStartup();
    expect(await test.complete).toEqual({ ready: ["up"], failed: [], cancelled: ["hangs"] });
    expect(await test.servers.ready(sandbox, never())).toEqual([]);
  });

  it("tells servers of the sandbox that want to know, again when it changes", async () => {
    using home = tempHome();
    const record = join(home.root, "record");
    const capabilities = { experimental: { "codex/sandbox-state": {} } };
    await using test = startServers({ fake: fakeServer({ record, capabilities }) });
    await test.servers.ready(sandbox, never());
    await test.servers.ready(sandbox, never());
    await test.servers.ready({ sandboxPolicy: { type: "danger-full-access" }, sandboxCwd: "/repo" }, never());
    const lines = readFileSync(record, "utf8")
      .split("\n")
      .filter((line) => line.includes("sandbox-state"));
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      {
        method: "codex/sandbox-state/update",
        params: { sandboxPolicy: { type: "read-only" }, codexLinuxSandboxExe: "/bin/codex", sandboxCwd: "/repo" },
      },
      { params: { sandboxPolicy: { type: "danger-full-access" } } },
    ]);
  });
});

describe("a change of servers", () => {
  it("takes effect when it is applied, and ends the old ones", async () => {
    using home = tempHome();
    const record = join(home.root, "record");
    await using test = startServers(
      { old: fakeServer({ record }) },
      { readServers: (config) => new Map(Object.keys(config.mcp_servers).map((name) => [name, fakeServer()])) },
    );
    await test.complete;
    test.servers.requestRefresh({ mcp_servers: { fresh: {} }, mcp_oauth_credentials_store_mode: "auto" });
    expect(test.servers.servers()).toEqual(["old"]);
    test.servers.applyRefresh();
    await test.servers.ready(sandbox, never());
    expect(test.servers.servers()).toEqual(["fresh"]);
    await until(() => test.heard.complete?.ready[0] === "fresh");
    await until(() => readFileSync(record, "utf8").includes("eof"));
  });

  it("waits at the close for the old ones, too", async () => {
    using home = tempHome();
    const record = join(home.root, "record");
    await using test = startServers(
      { old: fakeServer({ record, staysAfterEof: true }) },
      { readServers: () => new Map() },
    );
    await test.complete;
    test.servers.requestRefresh({ mcp_servers: {}, mcp_oauth_credentials_store_mode: "auto" });
    test.servers.applyRefresh();
    await test.servers.close();
    expect(readFileSync(record, "utf8")).toContain("term");
  });

  it("that cannot be read is told, and leaves the old ones", async () => {
    await using test = startServers(
      { old: fakeServer() },
      {
        readServers: () => {
          throw new Error("invalid transport");
        },
      },
    );
    await test.complete;
    test.servers.requestRefresh({ mcp_servers: { fresh: {} }, mcp_oauth_credentials_store_mode: "auto" });
    test.servers.applyRefresh();
    expect(test.heard.warnings).toEqual(["The new MCP servers cannot be used: invalid transport"]);
    expect(test.servers.servers()).toEqual(["old"]);
  });
});

describe("shared servers", () => {
  it("work for another thread, which cannot end them", async () => {
    await using test = startServers({ fake: fakeServer() });
    const shared = test.servers.share();
    const complete = Promise.withResolvers<string[]>();
    shared.start({
      startup: () => undefined,
      startupComplete: complete.resolve,
      elicit: () => Promise.reject(),
      warn: () => undefined,
    });
    expect(await complete.promise).toEqual(["fake"]);
    await shared.ready(sandbox, never());
    await shared.close();
    expect(shared.tools().length).toBeGreaterThan(5);
    expect(await test.text("echo", { q: "still there" })).toBe("echo: still there");
  });
});
