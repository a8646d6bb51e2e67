/** The MCP servers of a thread, whose client is loaded only when a server is configured. */

import type { Credentials } from "@codex-ts/auth";
import type { ThreadConfig } from "@codex-ts/core";
import { readMcpServers } from "@codex-ts/config";
import type { McpConnections, McpServersOptions } from "@codex-ts/mcp-client";
import { appsHeaders, APPS_SERVER, appsServer } from "./apps-server.js";
import { LateConnections } from "./late-connections.js";

type Servers = ThreadConfig["mcpServers"];

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
  const servers = withApps(options.config.mcpServers, options.config);
  return new LateConnections(
    [...servers.values()].some(({ enabled }) => enabled),
    () => load(servers, options),
  );
}

// helpers

function withApps(servers: Servers, config: ThreadConfig): Servers {
  const apps = appsServer(config);
  return apps === null ? servers : new Map([...servers, [APPS_SERVER, apps]]);
}

async function load(
  servers: Servers,
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
    readServers: ({ mcp_servers: sent }) => withApps(readMcpServers(sent, config.requirements.mcpServers), config),
    authStatus: (name, server) => authStatus(name, server, { store, env, fetch: fetchIt }),
    log,
  });
}
