/** What programs ask about MCP servers outside of any thread: what they offer, a login, and their form for a refresh. */

import { mcpServerJson } from "@codex-ts/config";
import type { ThreadConfig } from "@codex-ts/core";
import type { McpLogin } from "@codex-ts/mcp-client";
import type { McpAuthStatus, McpRefreshConfig, McpResource, McpResourceTemplate, McpTool } from "@codex-ts/protocol";
import { mcpConnections, type McpConnectionsOptions } from "./connections.js";

/** What one server offers. */
export interface McpServerDescription {
  name: string;
  /** By the server's own names. */
  tools: Record<string, McpTool>;
  resources: McpResource[];
  resourceTemplates: McpResourceTemplate[];
  authStatus: McpAuthStatus;
}

/** Starts the enabled servers, asks them, and ends them. Sorted by name; servers that fail offer nothing. */
export async function describeMcpServers(
  options: Omit<McpConnectionsOptions, "singleTurn">,
): Promise<McpServerDescription[]> {
  const connections = mcpConnections({ ...options, singleTurn: true });
  connections.start({
    startup: () => undefined,
    startupComplete: () => undefined,
    // Nobody is there to ask.
    elicit: () => Promise.resolve({ action: "cancel", content: null }),
    warn: (message) => options.log("warn", message),
  });
  try {
    await connections.ready(null, new AbortController().signal);
    const offered = await connections.describe();
    const entries = connections.tools();
    // Those that are off, too: they have nothing to offer, but they are there to be turned on.
    const names = [...options.config.mcpServers.keys()].sort();
    return names.map((name) => ({
      name,
      tools: Object.fromEntries(
        entries.filter(({ server }) => server === name).map(({ tool }) => [tool.name, tool] as const),
      ),
      resources: offered.resources[name] ?? [],
      resourceTemplates: offered.resource_templates[name] ?? [],
      authStatus: offered.auth_statuses[name] ?? "unsupported",
    }));
  } finally {
    await connections.close();
  }
}

/** The servers of a configuration as the operation `refresh_mcp_servers` carries them; those that are off are left out. */
export function mcpRefreshConfig(config: ThreadConfig): McpRefreshConfig {
  const enabled = [...config.mcpServers].filter(([, server]) => server.enabled);
  return {
    mcp_servers: Object.fromEntries(enabled.map(([name, server]) => [name, mcpServerJson(server)])),
    mcp_oauth_credentials_store_mode: config.mcpOauthCredentialsStore,
  };
}

/** A login at a server cannot be started; the message says why. */
export class McpLoginRefused extends Error {
  override readonly name = "McpLoginRefused";
}

/** What a login needs. */
export interface McpServerLogin {
  config: ThreadConfig;
  env: Readonly<Record<string, string | undefined>>;
  name: string;
  /** Without them, those of the configuration. */
  scopes?: readonly string[];
  /** Milliseconds until it is given up. */
  timeoutMs?: number;
  log: McpConnectionsOptions["log"];
}

/**
 * Starts a login; opening the browser is the caller's part.
 * @throws {McpLoginRefused} for servers that have no logins; {McpLoginError} when the server knows none
 */
export async function startMcpServerLogin(login: McpServerLogin): Promise<McpLogin> {
  const { config, env, name, scopes, timeoutMs, log } = login;
  const server = config.mcpServers.get(name);
  if (server === undefined) throw new McpLoginRefused(`No MCP server named '${name}' found.`);
  const { transport } = server;
  if (transport.type !== "streamable_http") {
    throw new McpLoginRefused("OAuth login is only supported for streamable HTTP servers.");
  }
  const { configuredHeaders, CredentialStore, startMcpLogin } = await import("@codex-ts/mcp-client");
  const { openKeyring } = await import("@codex-ts/auth");
  const now = (): number => Date.now();
  const { codexHome, mcpOauthCredentialsStore: mode, mcpOauthCallbackPort: callbackPort } = config;
  return await startMcpLogin({
    server: name,
    url: transport.url,
    headers: configuredHeaders(transport, env, log),
    scopes: scopes ?? server.scopes ?? [],
    callbackPort,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    store: new CredentialStore({ codexHome, mode, openKeyring, now }),
    fetch: (url, init) => fetch(url, init),
    now,
  });
}
