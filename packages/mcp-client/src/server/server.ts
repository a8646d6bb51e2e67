/** One server: its start, its tools, and the requests to it. */

import { DEFAULT_MCP_STARTUP_TIMEOUT_SEC, DEFAULT_MCP_TOOL_TIMEOUT_SEC, type McpServerConfig } from "@codex-ts/config";
import type { McpContent, McpTool, McpToolResult, RequestId } from "@codex-ts/protocol";
import {
  McpCallError,
  type AskPerson,
  type McpCallOptions,
  type McpResourcePage,
  type McpSandboxState,
  type McpTemplatePage,
} from "../contract/connections.js";
import type { JsonObject } from "../rpc/messages.js";
import { ConnectionClosed, objectResult, Peer, RequestCancelled, RequestTimeout } from "../rpc/peer.js";
import { HttpTransport, SessionExpired } from "../transport/http.js";
import type { Log, Transport } from "../transport/transport.js";
import { spanText, StartupError } from "./failure-text.js";
import { greet, SANDBOX_STATE, wantsSandboxState, type Greeting } from "./handshake.js";
import { allPages, pageOf, readResource, readTemplate, readTool, type Page } from "./pages.js";
import { ToolFilter } from "./tool-filter.js";
import { readToolResult } from "./tool-result.js";

/** What a server is made from. */
export interface McpServerOptions {
  name: string;
  config: McpServerConfig;
  /** @throws {Error} when the configuration makes no connection possible */
  connect: () => Promise<Transport>;
  /** Asks a person while no call runs. */
  elicit: AskPerson;
  /** What a server with the extension is told to run sandboxed commands with; null: there is none. */
  sandboxExecutable: string | null;
  log: Log;
}

/** A server that is being started, or up. */
export class McpServer {
  readonly name: string;
  readonly #options: McpServerOptions;
  readonly #filter: ToolFilter;
  readonly #startupMs: number;
  readonly #callMs: number;
  /** Who asks a person for the calls that run; the last one is asked. */
  readonly #askers: AskPerson[] = [];
  #transport: Transport | null = null;
  #peer: Peer | null = null;
  #greeting: Greeting | null = null;
  #regreeting: Promise<void> | null = null;
  #tools: McpTool[] = [];
  #listing: Promise<void> | null = null;
  #listChanged = false;
  #toldSandbox: string | null = null;
  #gone = false;

  constructor(options: McpServerOptions) {
    const { name, config } = options;
    this.name = name;
    this.#options = options;
    this.#filter = new ToolFilter(config);
    this.#startupMs = (config.startupTimeoutSec ?? DEFAULT_MCP_STARTUP_TIMEOUT_SEC) * 1_000;
    this.#callMs = (config.toolTimeoutSec ?? DEFAULT_MCP_TOOL_TIMEOUT_SEC) * 1_000;
  }

  /** Connects, greets, and reads the tools. @throws {StartupError} */
  async start(): Promise<void> {
    const { connect } = this.#options;
    const transport = await atStep("other", connect);
    if (this.#gone) throw new RequestCancelled();
    this.#transport = transport;
    const peer = new Peer(transport, {
      request: (method, params, id, signal) => this.#answer(method, params, id, signal),
      notification: (method) => this.#note(method),
      closed: (reason) => this.#lost(reason),
    });
    this.#peer = peer;
    await atStep("other", () => peer.open());
    await atStep("greeting", () =>
      this.#greet().catch((error: unknown) => Promise.reject(withLastWords(error, transport))),
    );
    await atStep("tools", () => this.#readTools());
  }

  /** The tools that may be used; none once the server is gone. */
  get tools(): readonly McpTool[] {
    return this.#gone ? [] : this.#tools;
  }

  /** Waits until what the server said of its tools is known, and tells it of the sandbox if it wants to know. Never rejects. */
  async settle(sandbox: McpSandboxState | null): Promise<void> {
    await this.#listing;
    // What was said during that reading. Once: a server that says so with every list would hold up the turn for ever.
    if (this.#listChanged && !this.#gone) await this.#listAgain();
    if (sandbox !== null) await this.#tellSandbox(sandbox);
  }

  /** @throws {McpCallError} */
  async callTool(tool: string, args: JsonObject | null, { signal, elicit }: McpCallOptions): Promise<McpToolResult> {
    if (!this.#filter.allows(tool)) throw new McpCallError(`tool '${tool}' is disabled for MCP server '${this.name}'`);
    this.#askers.push(elicit);
    try {
      const params = { name: tool, ...(args === null ? {} : { arguments: args }) };
      return readToolResult(await this.#request("tools/call", params, this.#callMs, signal));
    } catch (error) {
      throw callError(`tool call failed for \`${this.name}/${tool}\``, "tools/call", error);
    } finally {
      this.#askers.splice(this.#askers.indexOf(elicit), 1);
    }
  }

  /** @throws {McpCallError} */
  async listResources(cursor: string | null, signal: AbortSignal): Promise<McpResourcePage> {
    const { entries, nextCursor } = await this.#resourcePage(
      "resources/list",
      "resources",
      readResource,
      cursor,
      signal,
    );
    return { resources: entries, nextCursor };
  }

  /** @throws {McpCallError} */
  async listResourceTemplates(cursor: string | null, signal: AbortSignal): Promise<McpTemplatePage> {
    const method = "resources/templates/list";
    const { entries, nextCursor } = await this.#resourcePage(method, "resourceTemplates", readTemplate, cursor, signal);
    return { resourceTemplates: entries, nextCursor };
  }

  /** @throws {McpCallError} */
  async readResource(uri: string, signal: AbortSignal): Promise<McpContent[]> {
    try {
      const { contents } = objectResult(await this.#request("resources/read", { uri }, this.#callMs, signal));
      return Array.isArray(contents) ? contents : [];
    } catch (error) {
      throw resourceError(`resources/read failed for \`${this.name}\` (${uri})`, "resources/read", error);
    }
  }

  /** Ends the connection; resolves when a child is gone. */
  async close(): Promise<void> {
    this.#gone = true;
    if (this.#peer !== null) await this.#peer.close();
    else await this.#transport?.close();
  }

  /** The limit is for the whole exchange. */
  async #greet(): Promise<void> {
    const peer = this.#connected();
    const deadline = performance.now() + this.#startupMs;
    const greeting = await greet(peer, this.#startupMs);
    this.#greeting = greeting;
    this.#toldSandbox = null;
    if (this.#transport instanceof HttpTransport) this.#transport.agreeOn(greeting.protocolVersion);
    await peer.notifyWithin(Math.max(0, deadline - performance.now()), "notifications/initialized");
  }

  /** Reads all pages of the list of tools. */
  async #readTools(): Promise<void> {
    const deadline = performance.now() + this.#startupMs;
    const tools = await allPages(async (cursor) => {
      // The limit is for the whole list, however many pages it has.
      const timeoutMs = Math.max(0, deadline - performance.now());
      const params = cursor === null ? {} : { cursor };
      try {
        return pageOf(
          objectResult(await this.#connected().request("tools/list", params, { timeoutMs })),
          "tools",
          readTool,
        );
      } catch (error) {
        throw error instanceof RequestTimeout ? new RequestTimeout(this.#startupMs) : error;
      }
    });
    this.#tools = tools.filter(({ name }) => this.#filter.allows(name));
  }

  async #resourcePage<T>(
    method: string,
    key: string,
    read: (entry: JsonObject) => T | null,
    cursor: string | null,
    signal: AbortSignal,
  ): Promise<Page<T>> {
    try {
      const params = cursor === null ? {} : { cursor };
      return pageOf(objectResult(await this.#request(method, params, this.#callMs, signal)), key, read);
    } catch (error) {
      throw resourceError(`${method} failed for \`${this.name}\``, method, error);
    }
  }

  /** A request; where the server has forgotten our session it is greeted again, once. */
  async #request(method: string, params: JsonObject, timeoutMs: number, signal: AbortSignal): Promise<unknown> {
    const peer = this.#connected();
    await this.#regreeting;
    try {
      return await peer.request(method, params, { timeoutMs, signal });
    } catch (error) {
      if (!(error instanceof SessionExpired)) throw error;
      await this.#greetAgain(error.sessionId);
      return await peer.request(method, params, { timeoutMs, signal });
    }
  }

  /** Greets once for all requests that met the end of a session. */
  async #greetAgain(sessionId: string): Promise<void> {
    if (this.#transport instanceof HttpTransport && this.#transport.forgetSession(sessionId)) {
      this.#regreeting = this.#greet().finally(() => {
        this.#regreeting = null;
      });
    }
    await this.#regreeting;
  }

  #connected(): Peer {
    if (this.#peer === null) throw new Error("the server has not been started");
    return this.#peer;
  }

  #answer(method: string, params: JsonObject, id: RequestId, signal: AbortSignal): Promise<JsonObject> | undefined {
    switch (method) {
      case "ping":
        return Promise.resolve({});
      case "roots/list":
        return Promise.resolve({ roots: [] });
      case "elicitation/create":
        return this.#elicit(params, id, signal);
      default:
        return undefined;
    }
  }

  /** A person may think for as long as they like: the clocks of the running calls wait. */
  async #elicit(
    { message, requestedSchema }: JsonObject,
    requestId: RequestId,
    signal: AbortSignal,
  ): Promise<JsonObject> {
    const ask = this.#askers.at(-1) ?? this.#options.elicit;
    const question = {
      server: this.name,
      requestId,
      message: typeof message === "string" ? message : "",
      requestedSchema: requestedSchema ?? null,
    };
    const { action, content } = await this.#connected().holdingClocks(() => ask(question, signal));
    return { action, ...(action === "accept" ? { content: content ?? {} } : {}) };
  }

  #note(method: string): void {
    if (method !== "notifications/tools/list_changed") return;
    this.#listChanged = true;
    // While a list is read, further news make one more reading, before the next turn, however many they are.
    if (this.#listing === null && !this.#gone) void this.#listAgain();
  }

  /** One reading at a time. Never rejects. */
  #listAgain(): Promise<void> {
    this.#listing ??= this.#listOnce().finally(() => {
      this.#listing = null;
    });
    return this.#listing;
  }

  async #listOnce(): Promise<void> {
    this.#listChanged = false;
    try {
      await this.#readTools();
    } catch (error) {
      this.#options.log("warn", `the new list of tools could not be read: ${String(error)}`);
    }
  }

  async #tellSandbox(state: McpSandboxState): Promise<void> {
    if (this.#gone || this.#greeting === null || !wantsSandboxState(this.#greeting)) return;
    const { sandboxPolicy, sandboxCwd } = state;
    const params = { sandboxPolicy, codexLinuxSandboxExe: this.#options.sandboxExecutable, sandboxCwd };
    const text = JSON.stringify(params);
    if (text === this.#toldSandbox) return;
    try {
      // A server that does not answer is not asked again before there is something new: it would hold up every turn.
      this.#toldSandbox = text;
      await this.#connected().request(`${SANDBOX_STATE}/update`, params, { timeoutMs: this.#startupMs });
    } catch (error) {
      this.#options.log("warn", `could not be told of the sandbox: ${String(error)}`);
    }
  }

  #lost(reason: Error): void {
    this.#gone = true;
    this.#options.log("warn", `the connection is gone: ${reason.message}`);
  }
}

// helpers

async function atStep<T>(step: StartupError["step"], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new StartupError(step, error);
  }
}

/** A server that ends instead of answering often says why on stderr. */
function withLastWords(error: unknown, transport: Transport): unknown {
  if (!(error instanceof ConnectionClosed)) return error;
  const words = transport.lastWords?.() ?? "";
  return new ConnectionClosed(`connection closed: initialize response${words === "" ? "" : ` (it said: ${words})`}`, {
    cause: error,
  });
}

/** An error with its causes, as the model has always been told of them. */
function callError(what: string, method: string, error: unknown): McpCallError {
  const causes = causesOf(method, error);
  const lines =
    causes.length === 1 ? causes.map((cause) => `    ${cause}`) : causes.map((cause, n) => `    ${n}: ${cause}`);
  return new McpCallError(`${what}\n\nCaused by:\n${lines.join("\n")}`, { cause: error });
}

function resourceError(what: string, method: string, error: unknown): McpCallError {
  return new McpCallError(`${what}: ${causesOf(method, error)[0] ?? ""}`, { cause: error });
}

function causesOf(method: string, error: unknown): string[] {
  if (error instanceof RequestTimeout)
    return [`timed out awaiting ${method} after ${spanText(error.timeoutMs)}`, error.message];
  if (error instanceof RequestCancelled) return [error.message];
  return [`${method} failed: ${error instanceof Error ? error.message : String(error)}`];
}
