/** Makes the connection that a server's configuration describes. */

import { isMcpServerName, type McpServerConfig } from "@codex-ts/config";
import { githubAdvice, GITHUB_MCP_URL } from "../server/failure-text.js";
import { bearerToken, configuredHeaders } from "../transport/http-headers.js";
import { HttpTransport, type Authorization, type Fetch } from "../transport/http.js";
import { serverEnvironment, type Environment } from "../transport/server-environment.js";
import { StdioTransport } from "../transport/stdio.js";
import type { Log, Transport } from "../transport/transport.js";

/** What connections are made with. */
export interface ConnectOptions {
  env: Environment;
  /** The folder in which servers without one of their own start. */
  cwd: string;
  fetch: Fetch;
  /** The stored login for a server; it has no headers where there is none. */
  login: (server: string, url: string, headers: Readonly<Record<string, string>>) => Authorization;
}

/** @throws {Error} when the configuration makes no connection possible */
export function connect(name: string, { transport }: McpServerConfig, options: ConnectOptions, log: Log): Transport {
  if (!isMcpServerName(name)) {
    throw new Error(`Invalid MCP server name '${name}': must match pattern ^[a-zA-Z0-9_-]+$`);
  }
  const { env } = options;
  if (transport.type === "stdio") {
    const { command, args, cwd } = transport;
    return new StdioTransport({ command, args, env: serverEnvironment(transport, env), cwd: cwd ?? options.cwd }, log);
  }
  const headers = configuredHeaders(transport, env, log);
  const { url, bearerTokenEnvVar } = transport;
  const token = bearerTokenEnvVar === null ? null : bearerToken(name, bearerTokenEnvVar, env);
  const authorization =
    token === null
      ? options.login(name, url, headers)
      : fixedAuthorization(() => Promise.resolve({ authorization: `Bearer ${token}` }));
  return new HttpTransport({ url, headers, authorization, fetch: options.fetch, log });
}

/** What to say of a failed start instead of the error; null: the error says it best. */
export function adviceFor(name: string, { transport }: McpServerConfig): string | null {
  if (transport.type !== "streamable_http" || transport.url !== GITHUB_MCP_URL) return null;
  const { bearerTokenEnvVar, httpHeaders, envHttpHeaders } = transport;
  const hasHeaders = Object.keys({ ...httpHeaders, ...envHttpHeaders }).length > 0;
  return bearerTokenEnvVar === null && !hasHeaders ? githubAdvice(name) : null;
}

/** Headers that a server must accept or refuse: there are no others to try. */
export function fixedAuthorization(headers: Authorization["headers"]): Authorization {
  return { headers, renew: () => Promise.resolve(false) };
}
