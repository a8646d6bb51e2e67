/** Stands for the connections of a thread until they are needed. */

import { noMcpConnections } from "@codex-ts/core";
import type { McpConnections, McpHost } from "@codex-ts/mcp-client";
import type { McpRefreshConfig } from "@codex-ts/protocol";

/** Passes everything on to connections that are made when they are needed. */
export class LateConnections implements McpConnections {
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
    if (this.#loading === null) return;
    void this.#loading.then((real) => real.cancelStartup());
  }

  async describe(): ReturnType<McpConnections["describe"]> {
    await this.#loading;
    return await this.#real.describe();
  }

  requestRefresh(config: McpRefreshConfig): void {
    if (this.#host === null) return;
    if (this.#loading === null) void this.#begin(this.#host, config);
    else void this.#loading.then((real) => real.requestRefresh(config));
  }

  applyRefresh(): void {
    void this.#loading?.then((real) => real.applyRefresh());
  }

  share(): McpConnections {
    return new LateConnections(true, async () => (await (this.#loading ?? Promise.resolve(this.#real))).share());
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#loading;
    await this.#real.close();
  }

  #begin(host: McpHost, refresh?: McpRefreshConfig): Promise<McpConnections> {
    this.#loading ??= this.#load().then((real) => {
      this.#real = real;
      if (refresh !== undefined) real.requestRefresh(refresh);
      if (!this.#closed) real.start(host);
      return real;
    });
    return this.#loading;
  }
}
