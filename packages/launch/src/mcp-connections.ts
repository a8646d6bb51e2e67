/** The MCP servers of a thread, whose client is loaded only when a server is configured. */

import type { Credentials } from "@codex-ts/auth";
import { noMcpConnections, type ThreadConfig } from "@codex-ts/core";
import { readMcpServers } from "@codex-ts/config";
import type { McpConnections, McpHost, McpServersOptions } from "@codex-ts/mcp-client";
import type { McpRefreshConfig } from "@codex-ts/protocol";
import { appsHeaders, APPS_SERVER, appsServer } from "./apps-server.js";

/** What the servers of a thread are made from. */
export interface McpConnectionsOptions {
  config: ThreadConfig;
  env: Readonly<Record<string, string | undefined>>;
  /** The folder in which servers without one of their own start. */
  cwd: string;
  /** Our standalone executable; undefined when we run as a Node bundle. */
  executable: string | undefined;
  /** A run of one turn waits for all servers: there is no next turn that they could join. */
  singleTurn: boolean;
  /** The login with an account; null: there is none. */
  account: () => Promise<Credentials | null>;
  log: (level: "warn" | "info" | "debug", text: string) => void;
}

/**
 * How long the first request waits for servers. It is as long as a server may take to answer the greeting unless the
 * config allows more: who is slower joins with the next turn, and both the user and the model are told.
 */
const PATIENCE_MS = 10_000;

/** The servers of a thread. Nothing is loaded or started before `start`. */
export function mcpConnections(options: McpConnectionsOptions): McpConnections {
  const servers = new Map(options.config.mcpServers);
  const apps = appsServer(options.config);
  if (apps !== null) servers.set(APPS_SERVER, apps);
  return new LateConnections(
    [...servers.values()].some(({ enabled }) => enabled),
    () => load(servers, options),
  );
}

// helpers

/** Passes everything on to connections that are made when they are needed. */
class LateConnections implements McpConnections {
  readonly #needed: boolean;
  readonly #load: () => Promise<McpConnections>;
  #real: McpConnections = noMcpConnections;
  #loading: Promise<McpConnections> | null = null;
  #host: McpHost | null = null;
  #closed = false;

  constructor(needed: boolean, load: () => Promise<McpConnections>) {
    this.#needed = needed;
    this.#load = load;
  }

  start(host: McpHost): void {
    this.#host = host;
    if (this.#needed) void this.#begin(host);
    else host.startupComplete([], [], []);
  }

  async ready(...args: Parameters<McpConnections["ready"]>): Promise<readonly string[]> {
    await this.#loading;
    return await this.#real.ready(...args);
  }

  tools(): ReturnType<McpConnections["tools"]> {
    return this.#real.tools();
  }

  callTool(...args: Parameters<McpConnections["callTool"]>): ReturnType<McpConnections["callTool"]> {
    return this.#real.callTool(...args);
  }

  listResources(...args: Parameters<McpConnections["listResources"]>): ReturnType<McpConnections["listResources"]> {
    return this.#real.listResources(...args);
  }

  listResourceTemplates(
    ...args: Parameters<McpConnections["listResourceTemplates"]>
  ): ReturnType<McpConnections["listResourceTemplates"]> {
    return this.#real.listResourceTemplates(...args);
  }

  readResource(...args: Parameters<McpConnections["readResource"]>): ReturnType<McpConnections["readResource"]> {
    return this.#real.readResource(...args);
  }

  servers(): readonly string[] {
    return this.#real.servers();
  }

  cancelStartup(): void {
    this.#real.cancelStartup();
  }

  async describe(): ReturnType<McpConnections["describe"]> {
    await this.#loading;
    return await this.#real.describe();
  }

  requestRefresh(config: McpRefreshConfig): void {
    if (this.#host === null) return;
    void this.#begin(this.#host).then((real) => real.requestRefresh(config));
  }

  async applyRefresh(): Promise<void> {
    await this.#loading;
    await this.#real.applyRefresh();
  }

  share(): McpConnections {
    return new LateConnections(true, async () => (await (this.#loading ?? Promise.resolve(this.#real))).share());
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#loading;
    await this.#real.close();
  }

  #begin(host: McpHost): Promise<McpConnections> {
    this.#loading ??= this.#load().then((real) => {
      this.#real = real;
      if (!this.#closed) real.start(host);
      return real;
    });
    return this.#loading;
  }
}

async function load(
  servers: ThreadConfig["mcpServers"],
  { config, env, cwd, executable, singleTurn, account, log: write }: McpConnectionsOptions,
): Promise<McpConnections> {
  const [{ authStatus, CredentialStore, fixedAuthorization, McpServers, StoredLogin }, { openKeyring }] =
    await Promise.all([import("@codex-ts/mcp-client"), import("@codex-ts/auth")]);
  const now = (): number => Date.now();
  const store = new CredentialStore({
    codexHome: config.codexHome,
    mode: config.mcpOauthCredentialsStore,
    openKeyring,
    now,
  });
  const log: McpServersOptions["log"] = (server, level, text) => write(level, `MCP server ${server}: ${text}`);
  const fetchIt: McpServersOptions["fetch"] = (url, init) => fetch(url, init);
  return new McpServers({
    servers,
    env,
    cwd,
    fetch: fetchIt,
    patienceMs: singleTurn ? null : PATIENCE_MS,
    sandboxExecutable: executable ?? null,
    login: (server, url, headers) =>
      server === APPS_SERVER
        ? fixedAuthorization(() => appsHeaders(env, account))
        : new StoredLogin({
            server,
            url,
            headers,
            store,
            fetch: fetchIt,
            now,
            log: (level, text) => log(server, level, text),
          }),
    readServers: ({ mcp_servers: sent }) => readMcpServers(sent, config.requirements.mcpServers),
    authStatus: (name, server) => authStatus(name, server, { store, env, fetch: fetchIt }),
    log,
  });
}
