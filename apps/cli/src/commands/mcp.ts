/** `codex mcp`: lists, adds and removes MCP servers, and logs in at them. */

import { isHeadless, openBrowser, openKeyring } from "@codex-ts/auth";
import {
  editConfig,
  isMcpServerName,
  loadConfig,
  mcpServerEdits,
  mcpServerJson,
  mcpServerRemoval,
  PLAIN_MCP_SERVER,
  resolveCodexHome,
  tomlToJson,
  userConfigFile,
  type Config,
  type Json,
  type McpHttpTransport,
  type McpServerConfig,
} from "@codex-ts/config";
import {
  authStatus,
  configuredHeaders,
  CredentialStore,
  discoverAuthorization,
  startMcpLogin,
  type Fetch,
} from "@codex-ts/mcp-client";
import { cliOverrides, usageError, type ParsedCommand, type ParsedLine, type Program } from "@codex-ts/launch";
import { serverJson, serverLines, serversJson, serverTables } from "./mcp-listing.js";

/** @returns the exit code */
export async function runMcp(line: ParsedLine, program: Program): Promise<number> {
  const command = line.path.at(-1);
  if (command === undefined) return 2;
  const codexHome = resolveCodexHome(program.env);
  // Everything but `add` and `remove` works with what counts here, project layers included.
  const global = command.spec.name === "add" || command.spec.name === "remove";
  const config = await loadConfig({
    codexHome,
    cwd: program.cwd,
    env: program.env,
    overrides: cliOverrides(line),
  });
  const context: Context = { command, config, program, line, name: command.argument("NAME") ?? "" };
  if (global) return command.spec.name === "add" ? await add(context) : await remove(context);
  switch (command.spec.name) {
    case "list":
      return await list(context);
    case "get":
      return get(context);
    case "login":
      return await login(context);
    case "logout":
      return await logout(context);
    default:
      throw new Error(`no such command: mcp ${command.spec.name}`);
  }
}

// helpers, in the order of the commands above

interface Context {
  command: ParsedCommand;
  config: Config;
  program: Program;
  line: ParsedLine;
  /** The server that the command is about. */
  name: string;
}

/** An error of a command that its message explains. */
class McpCommandError extends Error {
  override readonly name = "McpCommandError";
}

async function add(context: Context): Promise<number> {
  const { command, config, program, name } = context;
  const server = newServer(context);
  if (!isMcpServerName(name)) {
    throw new McpCommandError(`invalid server name '${name}' (use letters, numbers, '-', '_')`);
  }
  await editConfig(userConfigFile(config.codexHome), (current) => {
    const servers = tomlToJson(current);
    const existing = member(member(servers, "mcp_servers"), name);
    const wanted = mcpServerJson(server);
    if (existing !== undefined && !isSame(existing, wanted) && !command.has("force")) {
      throw new McpCommandError(
        `MCP server '${name}' is configured already, and differently; use --force to replace it.`,
      );
    }
    return existing !== undefined && isSame(existing, wanted) ? [] : mcpServerEdits(name, server);
  });
  program.stdout(`Added global MCP server '${name}'.\n`);
  const { transport } = server;
  if (transport.type === "streamable_http" && transport.bearerTokenEnvVar === null)
    await offerLogin(context, transport);
  return 0;
}

function newServer({ command, line }: Context): McpServerConfig {
  const url = command.value("url");
  const [program, ...args] = command.arguments("COMMAND");
  const path = line.path.map(({ spec }) => spec);
  if (url !== undefined && program !== undefined) {
    throw usageError("the argument '--url <URL>' cannot be used with '[COMMAND]...'", path);
  }
  if (url !== undefined && command.has("env")) throw new McpCommandError("command is required");
  if (url !== undefined) {
    const bearerTokenEnvVar = command.value("bearer-token-env-var") ?? null;
    const transport = {
      type: "streamable_http" as const,
      url,
      bearerTokenEnvVar,
      httpHeaders: null,
      envHttpHeaders: null,
    };
    return { ...PLAIN_MCP_SERVER, transport };
  }
  if (program === undefined) {
    throw usageError("the following required arguments were not provided:\n  <COMMAND|--url <URL>>", path);
  }
  const pairs = command.values("env").map((pair) => {
    const at = pair.indexOf("=");
    return [pair.slice(0, at).trim(), pair.slice(at + 1)] as const;
  });
  const env = pairs.length === 0 ? null : Object.fromEntries(pairs);
  return { ...PLAIN_MCP_SERVER, transport: { type: "stdio", command: program, args, env, envVars: [], cwd: null } };
}

/** A server that knows logins is logged in at right away. */
async function offerLogin(context: Context, transport: McpHttpTransport): Promise<void> {
  const { program, name } = context;
  let supported: boolean;
  try {
    supported = (await discoverAuthorization(transport.url, { fetch: fetchIt, headers: {} })) !== null;
  } catch {
    program.stdout(`MCP server may or may not require login. Run \`codex mcp login ${name}\` to login.\n`);
    return;
  }
  if (!supported) return;
  program.stdout("Detected OAuth support. Starting OAuth flow…\n");
  await logInAt(context, transport, []);
  program.stdout("Successfully logged in.\n");
}

async function remove({ config, program, name }: Context): Promise<number> {
  if (!isMcpServerName(name)) {
    throw new McpCommandError(`invalid server name '${name}' (use letters, numbers, '-', '_')`);
  }
  const { changed } = await editConfig(userConfigFile(config.codexHome), mcpServerRemoval(name));
  program.stdout(changed ? `Removed global MCP server '${name}'.\n` : `No MCP server named '${name}' found.\n`);
  return changed ? 0 : 1;
}

async function list({ command, config, program }: Context): Promise<number> {
  const names = [...config.mcpServers.keys()].sort();
  const store = storeOf(config);
  const servers = await Promise.all(
    names.map(async (name) => {
      const server = serverOf(config, name, `No MCP server named '${name}' found.`);
      return {
        name,
        config: server,
        auth: await authStatus(name, server, { store, env: program.env, fetch: fetchIt }),
      };
    }),
  );
  if (command.has("json")) program.stdout(serversJson(servers, !program.stdoutIsTerminal()));
  else if (servers.length > 0) program.stdout(serverTables(servers));
  else program.stdout("No MCP servers configured yet. Try `codex mcp add my-tool -- my-command`.\n");
  return 0;
}

function get({ command, config, program, name }: Context): number {
  const server = serverOf(config, name, `No MCP server named '${name}' found.`);
  const secrets = !program.stdoutIsTerminal();
  program.stdout(command.has("json") ? serverJson(name, server, secrets) : serverLines(name, server));
  return 0;
}

async function login(context: Context): Promise<number> {
  const { command, config, program, name } = context;
  const server = serverOf(config, name, `No MCP server named '${name}' found.`);
  const { transport } = server;
  if (transport.type !== "streamable_http") {
    throw new McpCommandError("OAuth login is only supported for streamable HTTP servers.");
  }
  const asked = command
    .values("scopes")
    .flatMap((value) => value.split(","))
    .filter((scope) => scope !== "");
  await logInAt(context, transport, asked.length > 0 ? asked : (server.scopes ?? []));
  program.stdout(`Successfully logged in to MCP server '${name}'.\n`);
  return 0;
}

async function logInAt(
  { config, program, name }: Context,
  transport: McpHttpTransport,
  scopes: readonly string[],
): Promise<void> {
  const log = (level: "warn" | "info" | "debug", text: string): void => program.log(level, text);
  const attempt = await startMcpLogin({
    server: name,
    url: transport.url,
    headers: configuredHeaders(transport, program.env, log),
    scopes,
    callbackPort: config.mcpOauthCallbackPort,
    store: storeOf(config),
    fetch: fetchIt,
    now: () => Date.now(),
  });
  program.stdout(`Authorize \`${name}\` by opening this URL in your browser:\n${attempt.authorizationUrl}\n\n`);
  const opened = !isHeadless(program.env, process.platform) && (await openBrowser(attempt.authorizationUrl));
  if (!opened) program.stdout("(Browser launch failed; please copy the URL above manually.)\n");
  await attempt.done;
}

async function logout({ config, program, name }: Context): Promise<number> {
  const { transport } = serverOf(config, name, `No MCP server named '${name}' found in configuration.`);
  if (transport.type !== "streamable_http") {
    throw new McpCommandError("OAuth logout is only supported for streamable_http transports.");
  }
  const { found, keyringProblem } = await storeOf(config).delete(name, transport.url);
  program.stdout(found ? `Removed OAuth credentials for '${name}'.\n` : `No OAuth credentials stored for '${name}'.\n`);
  if (keyringProblem !== null) program.stderr(`WARNING: the keyring could not be asked: ${keyringProblem}\n`);
  return 0;
}

function serverOf({ mcpServers }: Config, name: string, missing: string): McpServerConfig {
  const server = mcpServers.get(name);
  if (server === undefined) throw new McpCommandError(missing);
  return server;
}

function storeOf({ codexHome, mcpOauthCredentialsStore: mode }: Config): CredentialStore {
  return new CredentialStore({ codexHome, mode, openKeyring, now: () => Date.now() });
}

const fetchIt: Fetch = (url, init) => fetch(url, init);

function member(value: Json | undefined, key: string): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value[key] : undefined;
}

/** Whether two values are the same, whatever the order of their members. */
function isSame(a: Json, b: Json): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

function ordered(value: Json): Json {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, ordered(each)]));
}
