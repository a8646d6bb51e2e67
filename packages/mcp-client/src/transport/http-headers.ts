/** The headers that the config asks for on every request to a server. Pure. */

import type { McpHttpTransport } from "@codex-ts/config";
import type { Environment } from "./server-environment.js";
import type { Log } from "./transport.js";

/** Static headers and those whose values are in variables; what no header can carry is skipped with a warning. */
export function configuredHeaders(
  { httpHeaders, envHttpHeaders }: Pick<McpHttpTransport, "httpHeaders" | "envHttpHeaders">,
  env: Environment,
  log: Log,
): Record<string, string> {
  const fromEnvironment = Object.entries(envHttpHeaders ?? {}).flatMap(([name, variable]) => {
    const value = env[variable];
    return value === undefined || value.trim() === "" ? [] : [[name, value] as const];
  });
  const wanted = [...Object.entries(httpHeaders ?? {}), ...fromEnvironment];
  return Object.fromEntries(
    wanted.filter(([name, value]) => {
      const possible = isHeader(name, value);
      if (!possible) log("warn", `the header \`${name}\` is skipped: its name or value is not possible in HTTP`);
      return possible;
    }),
  );
}

/** The token in the variable that the config names. @throws {Error} in known words when there is none */
export function bearerToken(server: string, variable: string, env: Environment): string {
  const token = env[variable];
  if (token === undefined) throw new Error(`Environment variable ${variable} for MCP server '${server}' is not set`);
  if (token === "") throw new Error(`Environment variable ${variable} for MCP server '${server}' is empty`);
  return token;
}

function isHeader(name: string, value: string): boolean {
  try {
    return new Headers([[name, value]]).has(name);
  } catch {
    // Exactly what was to be found out.
    return false;
  }
}
