/** `mcp_servers.<name>`: one server the agent may start or connect to. */

import { optional, withDefault, type Shape } from "./shape.js";
import {
  boolean,
  convert,
  float,
  integer,
  list,
  plainPath,
  string,
  stringTable,
  table,
  type FieldValues,
} from "./shapes.js";
import type { ShapeError } from "./shape.js";

/** A server that is a child process speaking over stdin and stdout. */
export interface McpStdioTransport {
  readonly type: "stdio";
  readonly command: string;
  readonly args: readonly string[];
  /** Variables to set; null when none are configured. */
  readonly env: Readonly<Record<string, string>> | null;
  /** Names of variables to copy from our own environment. */
  readonly envVars: readonly string[];
  /** Null: the folder the agent works in. Relative paths are left as they are. */
  readonly cwd: string | null;
}

/** A server behind a URL. */
export interface McpHttpTransport {
  readonly type: "streamable_http";
  readonly url: string;
  readonly bearerTokenEnvVar: string | null;
  readonly httpHeaders: Readonly<Record<string, string>> | null;
  /** Header to the name of the variable that holds its value. */
  readonly envHttpHeaders: Readonly<Record<string, string>> | null;
}

/** One configured server. */
export interface McpServerConfig {
  readonly transport: McpStdioTransport | McpHttpTransport;
  readonly enabled: boolean;
  /** Why the server is off although the user did not say so; null otherwise. */
  readonly disabledReason: string | null;
  /** Seconds to wait for the start; null: DEFAULT_MCP_STARTUP_TIMEOUT_SEC. */
  readonly startupTimeoutSec: number | null;
  /** Seconds to wait for a call; null: DEFAULT_MCP_TOOL_TIMEOUT_SEC. */
  readonly toolTimeoutSec: number | null;
  /** Only these tools; null: all. */
  readonly enabledTools: readonly string[] | null;
  /** Not these tools, applied after `enabledTools`. */
  readonly disabledTools: readonly string[] | null;
  /** OAuth scopes asked for by `mcp login`. */
  readonly scopes: readonly string[] | null;
}

/** A server of which nothing is set but how it is reached. */
export const PLAIN_MCP_SERVER = {
  enabled: true,
  disabledReason: null,
  startupTimeoutSec: null,
  toolTimeoutSec: null,
  enabledTools: null,
  disabledTools: null,
  scopes: null,
} satisfies Omit<McpServerConfig, "transport">;

export const DEFAULT_MCP_STARTUP_TIMEOUT_SEC = 10;
export const DEFAULT_MCP_TOOL_TIMEOUT_SEC = 60;

const fields = {
  command: optional(string, "Program to start; its presence makes this a stdio server."),
  args: optional(list(string), "Arguments of the program."),
  env: optional(stringTable, "Variables to set for the program."),
  env_vars: optional(list(string), "Names of variables that the program gets from our environment."),
  cwd: optional(plainPath, "Folder to start the program in."),
  url: optional(string, "Address of a streamable HTTP server."),
  bearer_token_env_var: optional(string, "Variable that holds the bearer token for the server."),
  bearer_token: optional(string, "Refused: a token does not belong in this file; use `bearer_token_env_var`."),
  http_headers: optional(stringTable, "Headers sent with every request."),
  env_http_headers: optional(stringTable, "Headers whose values are taken from variables: header to variable."),
  enabled: withDefault(boolean, true, "Whether the server is used."),
  startup_timeout_sec: optional(float, "Seconds that the server may take to start.", { defaultNote: "10" }),
  startup_timeout_ms: optional(integer("u64"), "Older spelling of the start-up limit, in milliseconds.", {
    deprecatedFor: "mcp_servers.*.startup_timeout_sec",
  }),
  tool_timeout_sec: optional(convert(float, checkSeconds), "Seconds that one tool call may take.", {
    defaultNote: "60",
  }),
  enabled_tools: optional(list(string), "Names of the only tools to offer."),
  disabled_tools: optional(list(string), "Names of tools not to offer."),
  scopes: optional(list(string), "OAuth scopes to ask for at login."),
};

type ServerFields = FieldValues<typeof fields>;

const STDIO_ONLY = ["args", "env", "env_vars", "cwd"] as const;
const HTTP_ONLY = ["url", "bearer_token_env_var", "http_headers", "env_http_headers"] as const;

/** Reads a server and refuses fields of the other transport. */
export const mcpServer: Shape<McpServerConfig> = convert(table(fields), (server, problem) => ({
  transport: transportOf(server, problem),
  enabled: server.enabled,
  disabledReason: null,
  startupTimeoutSec: startupSeconds(server, problem),
  toolTimeoutSec: server.tool_timeout_sec ?? null,
  enabledTools: server.enabled_tools ?? null,
  disabledTools: server.disabled_tools ?? null,
  scopes: server.scopes ?? null,
}));

function transportOf(server: ServerFields, problem: (text: string) => ShapeError): McpServerConfig["transport"] {
  const refuse = (names: readonly (keyof ServerFields)[], transport: string): void => {
    const wrong = [...names, "bearer_token" as const].find((name) => server[name] !== undefined);
    if (wrong !== undefined) {
      throw problem(`${wrong} is not supported for ${transport}`);
    }
  };
  if (server.command !== undefined) {
    refuse(HTTP_ONLY, "stdio");
    return {
      type: "stdio",
      command: server.command,
      args: server.args ?? [],
      env: server.env ?? null,
      envVars: server.env_vars ?? [],
      cwd: server.cwd ?? null,
    };
  }
  if (server.url === undefined) {
    throw problem("invalid transport");
  }
  refuse(STDIO_ONLY, "streamable_http");
  return {
    type: "streamable_http",
    url: server.url,
    bearerTokenEnvVar: server.bearer_token_env_var ?? null,
    httpHeaders: server.http_headers ?? null,
    envHttpHeaders: server.env_http_headers ?? null,
  };
}

function startupSeconds(server: ServerFields, problem: (text: string) => ShapeError): number | null {
  if (server.startup_timeout_sec === undefined && server.startup_timeout_ms !== undefined) {
    return server.startup_timeout_ms / 1000;
  }
  return server.startup_timeout_sec === undefined ? null : checkSeconds(server.startup_timeout_sec, problem);
}

function checkSeconds(value: number, problem: (text: string) => ShapeError): number {
  if (!Number.isFinite(value)) {
    throw problem("cannot convert float seconds to Duration: value is either too big or NaN");
  }
  if (value < 0) {
    throw problem("cannot convert float seconds to Duration: value is negative");
  }
  return value;
}
