/** Shows configured MCP servers: as tables, as lines, as JSON. Pure. */

import type { McpHttpTransport, McpServerConfig, McpStdioTransport } from "@codex-ts/config";
import type { McpAuthStatus } from "@codex-ts/protocol";

/** A server with its name, and whether it knows us. */
export interface ListedServer {
  name: string;
  config: McpServerConfig;
  auth: McpAuthStatus;
}

/** The tables of `mcp list`: servers that are started, then servers behind addresses. */
export function serverTables(servers: readonly ListedServer[]): string {
  const stdio = servers.flatMap(({ name, config, auth }) => {
    const { transport } = config;
    if (transport.type !== "stdio") return [];
    const { command, args, cwd } = transport;
    return [
      [name, command, orDash(args.join(" ")), environmentText(transport), cwd ?? "-", statusText(config), AUTH[auth]],
    ];
  });
  const http = servers.flatMap(({ name, config, auth }) => {
    const { transport } = config;
    if (transport.type !== "streamable_http") return [];
    return [[name, transport.url, transport.bearerTokenEnvVar ?? "-", statusText(config), AUTH[auth]]];
  });
  const tables = [
    table(["Name", "Command", "Args", "Env", "Cwd", "Status", "Auth"], stdio),
    table(["Name", "Url", "Bearer Token Env Var", "Status", "Auth"], http),
  ];
  return tables.filter((text) => text !== "").join("\n");
}

/** The lines of `mcp get`. */
export function serverLines(name: string, config: McpServerConfig): string {
  const { transport, enabledTools, disabledTools, startupTimeoutSec, toolTimeoutSec } = config;
  if (!config.enabled) return `${name} (${statusText(config)})\n`;
  const lines: (string | null)[] = [
    "enabled: true",
    enabledTools && `enabled_tools: ${listText(enabledTools)}`,
    disabledTools && `disabled_tools: ${listText(disabledTools)}`,
    `transport: ${transport.type}`,
    ...(transport.type === "stdio" ? stdioLines(transport) : httpLines(transport)),
    startupTimeoutSec === null ? null : `startup_timeout_sec: ${startupTimeoutSec}`,
    toolTimeoutSec === null ? null : `tool_timeout_sec: ${toolTimeoutSec}`,
    `remove: codex mcp remove ${name}`,
  ];
  return [name, ...lines.filter((line) => line !== null).map((line) => `  ${line}`), ""].join("\n");
}

/**
 * The JSON of `mcp list`.
 * @param secrets whether values of variables and headers are shown
 */
export function serversJson(servers: readonly ListedServer[], secrets: boolean): string {
  return jsonText(
    servers.map(({ name, config, auth }) => ({
      ...identity(name, config, secrets),
      ...timeouts(config),
      auth_status: auth,
    })),
  );
}

/** The JSON of `mcp get`; see {@link serversJson}. */
export function serverJson(name: string, config: McpServerConfig, secrets: boolean): string {
  const { enabledTools, disabledTools } = config;
  const tools = { enabled_tools: enabledTools, disabled_tools: disabledTools };
  return jsonText({ ...identity(name, config, secrets), ...tools, ...timeouts(config) });
}

// helpers

const MASK = "*****";

const AUTH: Record<McpAuthStatus, string> = {
  unsupported: "Unsupported",
  not_logged_in: "Not logged in",
  bearer_token: "Bearer token",
  o_auth: "OAuth",
};

/** Columns as wide as their widest cell, two blanks between them. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? "").length)));
  return lines.map((line) => `${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}\n`).join("");
}

function statusText({ enabled, disabledReason }: McpServerConfig): string {
  if (enabled) return "enabled";
  return disabledReason === null ? "disabled" : `disabled: ${disabledReason}`;
}

function stdioLines(transport: McpStdioTransport): string[] {
  const { command, args, cwd } = transport;
  return [
    `command: ${command}`,
    `args: ${orDash(args.join(" "))}`,
    `cwd: ${cwd ?? "-"}`,
    `env: ${environmentText(transport)}`,
  ];
}

function httpLines({ url, bearerTokenEnvVar, httpHeaders, envHttpHeaders }: McpHttpTransport): string[] {
  const variables = sortedEntries(envHttpHeaders).map(([header, variable]) => `${header}=${variable}`);
  return [
    `url: ${url}`,
    `bearer_token_env_var: ${bearerTokenEnvVar ?? "-"}`,
    `http_headers: ${orDash(masked(sortedEntries(httpHeaders).map(([header]) => header)))}`,
    `env_http_headers: ${orDash(variables.join(", "))}`,
  ];
}

function environmentText({ env, envVars }: McpStdioTransport): string {
  return orDash(masked([...sortedEntries(env).map(([variable]) => variable), ...envVars]));
}

function masked(names: readonly string[]): string {
  return names.map((name) => `${name}=${MASK}`).join(", ");
}

function listText(names: readonly string[]): string {
  return names.length === 0 ? "[]" : names.join(", ");
}

function orDash(text: string): string {
  return text === "" ? "-" : text;
}

function identity(name: string, { enabled, disabledReason, transport }: McpServerConfig, secrets: boolean): object {
  return { name, enabled, disabled_reason: disabledReason, transport: transportJson(transport, secrets) };
}

function transportJson(transport: McpServerConfig["transport"], secrets: boolean): object {
  if (transport.type === "stdio") {
    const { type, command, args, env, envVars, cwd } = transport;
    return { type, command, args, env: valuesJson(env, secrets), env_vars: envVars, cwd };
  }
  const { type, url, bearerTokenEnvVar, httpHeaders, envHttpHeaders } = transport;
  return {
    type,
    url,
    bearer_token_env_var: bearerTokenEnvVar,
    http_headers: valuesJson(httpHeaders, secrets),
    env_http_headers: valuesJson(envHttpHeaders, true),
  };
}

function valuesJson(values: Readonly<Record<string, string>> | null, secrets: boolean): object | null {
  if (values === null) return null;
  return Object.fromEntries(sortedEntries(values).map(([name, value]) => [name, secrets ? value : MASK]));
}

function timeouts({ startupTimeoutSec, toolTimeoutSec }: McpServerConfig): object {
  return { startup_timeout_sec: startupTimeoutSec, tool_timeout_sec: toolTimeoutSec };
}

function sortedEntries(values: Readonly<Record<string, string>> | null): [string, string][] {
  return Object.entries(values ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Seconds are fractions, and are written so where they are whole. */
function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(/^( *"(?:startup|tool)_timeout_sec": \d+)(,?)$/gm, "$1.0$2")}\n`;
}
