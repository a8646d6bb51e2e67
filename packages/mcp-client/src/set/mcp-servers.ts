/** The servers of a thread: started side by side in the background, waited for only so long. */

import type { McpServerConfig } from "@codex-ts/config";
import type {
  McpAuthStatus,
  McpContent,
  McpRefreshConfig,
  McpStartupFailure,
  McpToolResult,
  McpToolsReply,
} from "@codex-ts/protocol";
import {
  McpCallError,
  type McpCallOptions,
  type McpConnections,
  type McpHost,
  type McpResourcePage,
  type McpSandboxState,
  type McpTemplatePage,
  type McpToolEntry,
} from "../contract/connections.js";
import { allPages } from "../server/pages.js";
import type { Log } from "../transport/transport.js";
import { adviceFor, type ConnectOptions } from "./connect.js";
import { ServerStart } from "./server-start.js";
import { sharedServers } from "./shared-servers.js";
import { toolEntries } from "./tool-names.js";

/** What the servers of a thread are made from. */
export interface McpServersOptions extends ConnectOptions {
  servers: ReadonlyMap<string, McpServerConfig>;
  /** Milliseconds that {@link McpServers.ready} waits for servers; null: until each is up or has failed. */
  patienceMs: number | null;
  /** What servers with the sandbox extension are told to run commands with; null: nothing. */
  sandboxExecutable: string | null;
  /** Reads servers in the form of config.toml. @throws {Error} when they make no sense */
  readServers: (config: McpRefreshConfig) => ReadonlyMap<string, McpServerConfig>;
  /** Whether a server knows us. */
  authStatus: (name: string, server: McpServerConfig) => Promise<McpAuthStatus>;
  /** @param server the server it is about */
  log: (server: string, ...entry: Parameters<Log>) => void;
}

/** How long reading all of a server's resources may take before it is left out. */
const DESCRIBE_MS = 30_000;

/** The servers of one thread. */
export class McpServers implements McpConnections {
  readonly #options: McpServersOptions;
  #configured: ReadonlyMap<string, McpServerConfig>;
  #starts = new Map<string, ServerStart>();
  #host: McpHost | null = null;
  #waited: Promise<void> | null = null;
  #announcedLate = new Set<string>();
  #refresh: McpRefreshConfig | null = null;
  /** Servers that others have taken the place of, until their processes are gone. */
  readonly #replaced = new Set<Promise<void>>();

  constructor(options: McpServersOptions) {
    this.#options = options;
    this.#configured = options.servers;
  }

  start(host: McpHost): void {
    this.#host = host;
    // Asked for before the start: the old ones need not be started at all.
    if (this.#refresh === null) this.#begin(host);
    else this.applyRefresh();
  }

  async ready(sandbox: McpSandboxState | null, signal: AbortSignal): Promise<readonly string[]> {
    this.#waited ??= this.#wait();
    await unlessAborted(this.#waited, signal);
    await unlessAborted(Promise.all([...this.#starts.values()].map((start) => start.server?.settle(sandbox))), signal);
    const late = [...this.#starts.values()].filter(
      ({ outcome, name }) => outcome === null && !this.#announcedLate.has(name),
    );
    for (const { name } of late) this.#announcedLate.add(name);
    return late.map(({ name }) => name);
  }

  tools(): readonly McpToolEntry[] {
    return toolEntries(this.#up(), ({ server, tool }) =>
      this.#options.log(server, "warn", `the tool ${tool.name} is left out: another one has the same name`),
    );
  }

  async callTool(
    server: string,
    tool: string,
    args: Record<string, unknown> | null,
    options: McpCallOptions,
  ): Promise<McpToolResult> {
    return await this.#server(server).callTool(tool, args, options);
  }

  async listResources(server: string, cursor: string | null, signal: AbortSignal): Promise<McpResourcePage> {
    return await this.#server(server).listResources(cursor, signal);
  }

  async listResourceTemplates(server: string, cursor: string | null, signal: AbortSignal): Promise<McpTemplatePage> {
    return await this.#server(server).listResourceTemplates(cursor, signal);
  }

  async readResource(server: string, uri: string, signal: AbortSignal): Promise<McpContent[]> {
    return await this.#server(server).readResource(uri, signal);
  }

  servers(): readonly string[] {
    return this.#up().map(({ name }) => name);
  }

  cancelStartup(): void {
    for (const start of this.#starts.values()) start.cancel();
  }

  async describe(): Promise<McpToolsReply> {
    const signal = AbortSignal.timeout(DESCRIBE_MS);
    const [resources, templates, statuses] = await Promise.all([
      this.#fromEach(async (name) =>
        allPages(async (cursor) => {
          const page = await this.listResources(name, cursor, signal);
          return { entries: page.resources, nextCursor: page.nextCursor };
        }),
      ),
      this.#fromEach(async (name) =>
        allPages(async (cursor) => {
          const page = await this.listResourceTemplates(name, cursor, signal);
          return { entries: page.resourceTemplates, nextCursor: page.nextCursor };
        }),
      ),
      Promise.all(
        [...this.#configured].map(
          async ([name, server]) => [name, await this.#options.authStatus(name, server)] as const,
        ),
      ),
    ]);
    return {
      tools: Object.fromEntries(this.tools().map(({ qualifiedName, tool }) => [qualifiedName, tool])),
      resources,
      resource_templates: templates,
      auth_statuses: Object.fromEntries(statuses),
    };
  }

  requestRefresh(config: McpRefreshConfig): void {
    this.#refresh = config;
  }

  applyRefresh(): void {
    const config = this.#refresh;
    const host = this.#host;
    if (config === null || host === null) return;
    this.#refresh = null;
    try {
      this.#configured = this.#options.readServers(config);
    } catch (error) {
      host.warn(`The new MCP servers cannot be used: ${error instanceof Error ? error.message : String(error)}`);
      return;
    }
    const old = [...this.#starts.values()];
    this.#begin(host);
    for (const start of old) this.#endReplaced(start);
  }

  share(): McpConnections {
    return sharedServers(this, () => this.#settled());
  }

  async close(): Promise<void> {
    await Promise.all([...[...this.#starts.values()].map((start) => start.close()), ...this.#replaced]);
  }

  #endReplaced(start: ServerStart): void {
    const ended = start
      .close()
      .catch((error: unknown) => this.#options.log(start.name, "warn", `its end failed: ${String(error)}`))
      .finally(() => this.#replaced.delete(ended));
    this.#replaced.add(ended);
  }

  #begin(host: McpHost): void {
    const options = this.#options;
    this.#waited = null;
    this.#announcedLate = new Set();
    const enabled = [...this.#configured].filter(([, { enabled: isEnabled }]) => isEnabled);
    for (const [name] of enabled) host.startup(name, { state: "starting" });
    this.#starts = new Map(
      enabled.map(([name, config]) => {
        const start = new ServerStart(name, config, {
          connect: options,
          sandboxExecutable: options.sandboxExecutable,
          elicit: host.elicit,
          advice: adviceFor(name, config),
          log: (level, text) => options.log(name, level, text),
          told: (status) => host.startup(name, status),
        });
        return [name, start];
      }),
    );
    const starts = this.#starts;
    void this.#settled().then(() => {
      if (starts === this.#starts) host.startupComplete(...outcomes(starts.values()));
    });
  }

  async #settled(): Promise<[string[], McpStartupFailure[], string[]]> {
    const starts = [...this.#starts.values()];
    await Promise.all(starts.map(({ settled }) => settled));
    return outcomes(starts);
  }

  async #wait(): Promise<void> {
    const { patienceMs } = this.#options;
    if (patienceMs === null) {
      await this.#settled();
      return;
    }
    const timer = Promise.withResolvers<void>();
    const handle = setTimeout(timer.resolve, patienceMs);
    await Promise.race([this.#settled(), timer.promise]);
    clearTimeout(handle);
  }

  #up(): { name: string; tools: McpToolEntry["tool"][] }[] {
    return [...this.#starts.values()].flatMap(({ name, outcome, server }) =>
      outcome?.state === "ready" && server !== null ? [{ name, tools: [...server.tools] }] : [],
    );
  }

  #server(name: string): NonNullable<ServerStart["server"]> {
    const start = this.#starts.get(name);
    if (start?.outcome?.state !== "ready" || start.server === null)
      throw new McpCallError(`unknown MCP server '${name}'`);
    return start.server;
  }

  /** What each server that is up gives; who fails is left out. */
  async #fromEach<T>(read: (name: string) => Promise<T>): Promise<Record<string, T>> {
    const names = this.servers();
    const results = await Promise.allSettled(names.map(read));
    return Object.fromEntries(
      results.flatMap((result, index) => (result.status === "fulfilled" ? [[names[index] ?? "", result.value]] : [])),
    );
  }
}

// helpers

function outcomes(starts: Iterable<ServerStart>): [string[], McpStartupFailure[], string[]] {
  const ready: string[] = [];
  const failed: McpStartupFailure[] = [];
  const cancelled: string[] = [];
  for (const { name, outcome } of starts) {
    if (outcome?.state === "ready") ready.push(name);
    else if (outcome?.state === "failed") failed.push({ server: name, error: outcome.error });
    else cancelled.push(name);
  }
  return [ready, failed, cancelled];
}

/** Waits for the work or the signal, whichever comes first; the work goes on. */
async function unlessAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const aborted = Promise.withResolvers<void>();
  const onAbort = (): void => aborted.resolve();
  signal.addEventListener("abort", onAbort, { once: true });
  await Promise.race([work, aborted.promise]);
  signal.removeEventListener("abort", onAbort);
}
