/** The methods of MCP that we serve. */

import type { Config, SessionOverrides } from "@codex-ts/config";
import { DEFAULT_ORIGINATOR, originatorFrom, userAgent, VERSION, type Program } from "@codex-ts/launch";
import { RpcError, type RpcConnection, type RpcHandler } from "./rpc/connection.js";
import { isObject, rpcErrors, type RpcId } from "./rpc/message.js";
import type { Agent } from "./sessions/agent.js";
import type { RunningCall } from "./sessions/mcp-thread.js";
import { readCodexCall, readReplyCall, ToolCallError } from "./tools/arguments.js";
import { toolDefinitions } from "./tools/definitions.js";
import { failedIn, refused, type CallResult } from "./tools/result.js";

/** What a server needs. */
export interface McpServerOptions {
  config: Config;
  overrides: SessionOverrides;
  program: Program;
  connection: RpcConnection;
  /** Resolves when the client has read enough; null: now. */
  congestion: () => Promise<unknown> | null;
}

/** One client's server. The agent is loaded by the first call. */
export class McpServer implements RpcHandler {
  readonly #options: McpServerOptions;
  readonly #running = new Map<RpcId, { call: AbortController; result: Promise<CallResult> }>();
  #client: { name: string; showsForms: boolean } | null = null;
  #agent: Promise<Agent> | null = null;

  constructor(options: McpServerOptions) {
    this.#options = options;
  }

  async request(method: string, params: unknown, id: RpcId): Promise<unknown> {
    switch (method) {
      case "initialize":
        return this.#initialize(params);
      case "ping":
        return {};
      case "tools/list":
        return { tools: toolDefinitions };
      case "tools/call":
        return await this.#call(params, id);
      default:
        throw new RpcError(rpcErrors.methodNotFound, `Method not found: ${method}`);
    }
  }

  notification(method: string, params: unknown): void {
    if (method !== "notifications/cancelled" || !isObject(params)) return;
    const { requestId } = params;
    if (typeof requestId === "string" || typeof requestId === "number") this.#running.get(requestId)?.call.abort();
  }

  /** Resolves when nothing runs. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.#running.values()].map(({ result }) => result));
  }

  /** Ends what runs; each call is still answered. */
  async close(): Promise<void> {
    for (const { call } of this.#running.values()) call.abort();
    await this.idle();
    await (await this.#agent)?.close();
  }

  #initialize(params: unknown): object {
    if (this.#client !== null) throw new RpcError(rpcErrors.invalidRequest, "initialize called more than once");
    const { protocolVersion, clientInfo, capabilities } = isObject(params) ? params : {};
    if (typeof protocolVersion !== "string") {
      throw new RpcError(rpcErrors.invalidParams, "initialize needs a protocolVersion");
    }
    const info = isObject(clientInfo) ? clientInfo : {};
    const name = `${String(info["name"] ?? "unknown")}; ${String(info["version"] ?? "")}`;
    this.#client = { name, showsForms: isObject(capabilities) && "elicitation" in capabilities };
    const { env } = this.#options.program;
    const agent = userAgent(originatorFrom(env, DEFAULT_ORIGINATOR), env, name);
    return {
      capabilities: { tools: { listChanged: true } },
      protocolVersion,
      serverInfo: { name: "codex-mcp-server", title: "Codex", version: VERSION, user_agent: agent },
    };
  }

  async #call(params: unknown, id: RpcId): Promise<CallResult> {
    const { name, arguments: args } = isObject(params) ? params : {};
    if (typeof name !== "string") throw new RpcError(rpcErrors.invalidParams, "tools/call needs the name of a tool");
    if (this.#running.has(id)) throw new RpcError(rpcErrors.invalidRequest, `a call with id ${id} is running`);
    const call = new AbortController();
    const result = this.#perform(name, args, { requestId: id, signal: call.signal });
    this.#running.set(id, { call, result });
    try {
      return await result;
    } catch (error) {
      if (error instanceof ToolCallError) return refused(error.message);
      throw error;
    } finally {
      this.#running.delete(id);
    }
  }

  async #perform(tool: string, args: unknown, call: RunningCall): Promise<CallResult> {
    switch (tool) {
      case "codex": {
        const asked = readCodexCall(args);
        const thread = await (await this.#agentNow()).start(asked);
        return await thread.run(asked.prompt, call, String(call.requestId));
      }
      case "codex-reply": {
        const { threadId, prompt } = readReplyCall(args);
        const thread = (await this.#agentNow()).find(threadId);
        if (thread === null) return failedIn(threadId, `Session not found for thread_id: ${threadId}`);
        return await thread.run(prompt, call);
      }
      default:
        throw new ToolCallError(`Unknown tool '${tool}'`);
    }
  }

  #agentNow(): Promise<Agent> {
    const { config, overrides, program, connection, congestion } = this.#options;
    const client = { connection, showsForms: () => this.#client?.showsForms ?? false };
    this.#agent ??= import("./sessions/agent.js").then(
      ({ Agent }) =>
        new Agent({ config, overrides, program, congestion, client, clientName: this.#client?.name ?? null }),
    );
    return this.#agent;
  }
}
