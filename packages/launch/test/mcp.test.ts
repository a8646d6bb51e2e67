/** MCP servers as programs get them: nothing without servers, the client when there are some. */

import { loadConfig, type Config } from "@codex-ts/config";
import type { McpHost } from "@codex-ts/mcp-client";
import { fakeMcpConfig, startFakeMcpHttp, tempHome, type TempHome } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { appsHeaders, appsServer } from "../src/mcp/apps-server.js";
import { mcpConnections, type McpConnectionsOptions } from "../src/mcp/connections.js";
import { describeMcpServers, mcpRefreshConfig, startMcpServerLogin } from "../src/mcp/questions.js";

async function configOf(home: TempHome): Promise<Config> {
  return await loadConfig({ codexHome: home.codexHome, cwd: home.workspace, env: home.env });
}

function optionsFor(config: Config, home: TempHome): McpConnectionsOptions {
  return {
    config,
    env: home.env,
    cwd: home.workspace,
    executable: undefined,
    singleTurn: true,
    account: () => Promise.resolve(null),
    log: () => undefined,
  };
}

function listener(): { host: McpHost; complete: string[][]; next: () => Promise<string[]> } {
  const complete: string[][] = [];
  let heard = Promise.withResolvers<string[]>();
  return {
    complete,
    next: async () => {
      const ready = await heard.promise;
      heard = Promise.withResolvers();
      return ready;
    },
    host: {
      startup: () => undefined,
      startupComplete: (ready) => {
        complete.push(ready);
        heard.resolve(ready);
      },
      elicit: () => Promise.resolve({ action: "cancel", content: null }),
      warn: () => undefined,
    },
  };
}

const never = new AbortController().signal;

describe("the servers of a thread", () => {
  it("are complete at once when none is configured or all are off", async () => {
    using home = tempHome({ config: fakeMcpConfig("off", {}, "enabled = false") });
    const connections = mcpConnections(optionsFor(await configOf(home), home));
    const { host, complete } = listener();
    connections.start(host);
    expect(complete).toEqual([[]]);
    expect(await connections.ready(null, never)).toEqual([]);
    expect(connections.tools()).toEqual([]);
    await connections.close();
  });

  it("start, work, and are shared", async () => {
    using home = tempHome({ config: fakeMcpConfig("fake") });
    const connections = mcpConnections(optionsFor(await configOf(home), home));
    const mine = listener();
    connections.start(mine.host);
    const child = connections.share();
    const its = listener();
    child.start(its.host);
    await child.ready(null, never);
    expect(await its.next()).toEqual(["fake"]);
    expect(child.tools().length).toBe(connections.tools().length);
    await child.close();
    const { content } = await connections.callTool(
      "fake",
      "echo",
      { q: 1 },
      { signal: never, elicit: mine.host.elicit },
    );
    expect(content).toEqual([{ type: "text", text: "echo: 1" }]);
    await connections.close();
  });

  it("come with a refresh, also where there were none", async () => {
    using home = tempHome();
    using other = tempHome({ config: fakeMcpConfig("fresh") + fakeMcpConfig("off", {}, "enabled = false") });
    const connections = mcpConnections(optionsFor(await configOf(home), home));
    const { host, complete } = listener();
    connections.start(host);
    connections.requestRefresh(mcpRefreshConfig(await configOf(other)));
    connections.applyRefresh();
    await connections.ready(null, never);
    expect(connections.servers()).toEqual(["fresh"]);
    expect(complete).toEqual([[], ["fresh"]]);
    connections.requestRefresh({ mcp_servers: {}, mcp_oauth_credentials_store_mode: "auto" });
    connections.applyRefresh();
    await connections.ready(null, never);
    expect(connections.servers()).toEqual([]);
    await connections.close();
  });

  it("leave nothing when the thread is closed while they start", async () => {
    using home = tempHome({ config: fakeMcpConfig("fake", { greeting: "hang" }) });
    const connections = mcpConnections(optionsFor(await configOf(home), home));
    connections.start(listener().host);
    await connections.close();
    expect(connections.servers()).toEqual([]);
  });
});

describe("questions about servers", () => {
  it("are answered by server, under the servers' own names", async () => {
    using home = tempHome({
      config: fakeMcpConfig("zoo", {}, 'enabled_tools = ["echo"]') + fakeMcpConfig("ant", { greeting: "exit" }),
    });
    expect(await describeMcpServers(optionsFor(await configOf(home), home))).toMatchObject([
      { name: "ant", tools: {}, resources: [], authStatus: "unsupported" },
      { name: "zoo", tools: { echo: { name: "echo" } }, resources: [{ uri: "mem://a" }, { uri: "mem://b" }] },
    ]);
  });

  it("start a login where there is one", async () => {
    using home = tempHome();
    await using fake = await startFakeMcpHttp({ oauth: true });
    home.writeConfig(`[mcp_servers.secure]\nurl = "${fake.url}"\nscopes = ["s"]\n[mcp_servers.local]\ncommand = "x"\n`);
    const config = await configOf(home);
    const login = (name: string): ReturnType<typeof startMcpServerLogin> =>
      startMcpServerLogin({ config, env: home.env, name, log: () => undefined });
    const started = await login("secure");
    expect(started.authorizationUrl).toContain("scope=s");
    started.cancel();
    await expect(started.done).rejects.toThrow("cancelled");
    await expect(login("nope")).rejects.toThrow("No MCP server named 'nope' found.");
    await expect(login("local")).rejects.toThrow("OAuth login is only supported for streamable HTTP servers.");
  });
});

describe("the server of the account's apps", () => {
  it.each([
    ["https://chatgpt.com/backend-api/", "https://chatgpt.com/backend-api/wham/apps"],
    ["https://host/api/codex", "https://host/api/codex/apps"],
    ["https://host", "https://host/api/codex/apps"],
  ])("is behind %s at %s", (chatgptBaseUrl, url) => {
    const features = (on: boolean): Config["features"] => ({ enabled: () => on }) as unknown as Config["features"];
    expect(appsServer({ features: features(true), chatgptBaseUrl })?.transport).toMatchObject({ url });
    expect(appsServer({ features: features(false), chatgptBaseUrl })).toBeNull();
  });

  it("knows us by a token of its own, or by the account", async () => {
    const account = () => Promise.resolve({ kind: "chatgpt" as const, token: "T", accountId: "A" });
    expect(await appsHeaders({ CODEX_CONNECTORS_TOKEN: " C " }, account)).toEqual({ authorization: "Bearer C" });
    expect(await appsHeaders({ CODEX_CONNECTORS_TOKEN: " " }, account)).toEqual({
      authorization: "Bearer T",
      "chatgpt-account-id": "A",
    });
    expect(await appsHeaders({}, () => Promise.resolve(null))).toEqual({});
  });
});
