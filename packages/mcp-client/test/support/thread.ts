/** A thread's part in tests: servers, what they told it, and what it answered. */

import { PLAIN_MCP_SERVER, type McpServerConfig } from "@codex-ts/config";
import type { McpStartupFailure, McpStartupStatus } from "@codex-ts/protocol";
import {
  fixedAuthorization,
  McpServers,
  type AskPerson,
  type McpServersOptions,
  type McpToolEntry,
} from "@codex-ts/mcp-client";
import { fakeMcpProgram, type FakeMcpScript } from "@codex-ts/test-support";

/** What the thread heard. */
export interface Heard {
  startup: [string, McpStartupStatus][];
  complete: { ready: string[]; failed: McpStartupFailure[]; cancelled: string[] } | null;
  warnings: string[];
}

/** Servers with a thread. */
export interface TestServers extends AsyncDisposable {
  servers: McpServers;
  heard: Heard;
  /** Resolves when the start is complete. */
  complete: Promise<NonNullable<Heard["complete"]>>;
  log: string[];
  names(): string[];
  tool(name: string): McpToolEntry;
  /** Calls a tool of the server `fake`; the first text of the answer. */
  text(
    tool: string,
    args?: Record<string, unknown>,
    options?: { signal?: AbortSignal; elicit?: AskPerson },
  ): Promise<string>;
}

/** A server as config.toml gives it. */
export function serverConfig(
  transport: Partial<McpServerConfig["transport"]> & { url?: string; command?: string },
  rest: Partial<McpServerConfig> = {},
): McpServerConfig {
  const http = { type: "streamable_http", url: "", bearerTokenEnvVar: null, httpHeaders: null, envHttpHeaders: null };
  const stdio = { type: "stdio", command: "", args: [], env: null, envVars: [], cwd: null };
  const full = { ...(transport.url === undefined ? stdio : http), ...transport } as McpServerConfig["transport"];
  return {
    transport: full,
    ...PLAIN_MCP_SERVER,
    ...rest,
  };
}

/** The fake over stdio. */
export function fakeServer(script: FakeMcpScript = {}, rest: Partial<McpServerConfig> = {}): McpServerConfig {
  return serverConfig(fakeMcpProgram(script), rest);
}

/** Starts servers. */
export function startServers(
  servers: Record<string, McpServerConfig>,
  options: Partial<McpServersOptions> & { elicit?: AskPerson } = {},
): TestServers {
  const log: string[] = [];
  const heard: Heard = { startup: [], complete: null, warnings: [] };
  const connections = new McpServers({
    servers: new Map(Object.entries(servers)),
    env: { PATH: process.env["PATH"], HOME: "/home/somebody" },
    cwd: process.cwd(),
    fetch: (url, init) => fetch(url, init),
    patienceMs: null,
    sandboxExecutable: "/bin/codex",
    login: () => fixedAuthorization(() => Promise.resolve({})),
    readServers: () => new Map(),
    authStatus: () => Promise.resolve("unsupported"),
    log: (server, level, text) => log.push(`${server} ${level} ${text}`),
    ...options,
  });
  const completed = Promise.withResolvers<NonNullable<Heard["complete"]>>();
  connections.start({
    startup: (server, status) => heard.startup.push([server, status]),
    startupComplete: (ready, failed, cancelled) => {
      heard.complete = { ready, failed, cancelled };
      completed.resolve(heard.complete);
    },
    elicit: options.elicit ?? (() => Promise.resolve({ action: "cancel", content: null })),
    warn: (message) => heard.warnings.push(message),
  });
  return {
    servers: connections,
    heard,
    log,
    complete: completed.promise,
    names: () => connections.tools().map(({ qualifiedName }) => qualifiedName),
    tool: (name) => {
      const found = connections.tools().find(({ tool }) => tool.name === name);
      if (found === undefined) throw new Error(`there is no tool ${name}`);
      return found;
    },
    text: async (tool, args = {}, { signal = never(), elicit = refuse } = {}) => {
      const { content } = await connections.callTool("fake", tool, args, { signal, elicit });
      const [block] = content as { text?: string }[];
      return block?.text ?? "";
    },
    [Symbol.asyncDispose]: () => connections.close(),
  };
}

/** A signal that nobody raises. */
export function never(): AbortSignal {
  return new AbortController().signal;
}

/** Nobody is there to answer. */
export const refuse: AskPerson = () => Promise.resolve({ action: "cancel", content: null });

/** Waits until something is so. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
