/** The server's threads: started by calls, found by later ones. */

import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { loadConfig, type Config, type SessionOverrides } from "@codex-ts/config";
import type { ThreadManager } from "@codex-ts/core";
import { DEFAULT_ORIGINATOR, originatorFrom, type Program } from "@codex-ts/launch";
import { createAgent } from "@codex-ts/launch/agent";
import { ToolCallError, type CodexCall } from "../tools/arguments.js";
import { McpThread, type ThreadClient } from "./mcp-thread.js";

/** What the threads have in common. */
export interface AgentOptions {
  /** The configuration that the server was started with. */
  config: Config;
  /** `-c`, `--enable`, `--disable`: below what a call says. */
  overrides: SessionOverrides;
  program: Program;
  /** Resolves when the client has read enough; null: now. */
  congestion: () => Promise<unknown> | null;
  client: ThreadClient;
  /** `name; version` of the client; null: it did not say. */
  clientName: string | null;
}

/** Starts and finds threads. */
export class Agent {
  readonly #options: AgentOptions;
  readonly #manager: ThreadManager;
  readonly #threads = new Map<string, McpThread>();

  constructor(options: AgentOptions) {
    const { config, program, client, clientName, congestion } = options;
    this.#options = options;
    this.#manager = createAgent({
      config,
      originator: originatorFrom(program.env, DEFAULT_ORIGINATOR),
      ...(clientName === null ? {} : { userAgentSuffix: clientName }),
      env: program.env,
      program: program.self,
      congestion,
      report: (error, where) => program.log("error", `${where}: ${textOf(error)}`),
    });
    this.#manager.onCreated((thread) => {
      this.#threads.set(thread.id, new McpThread(thread, client, config.showRawAgentReasoning));
      void thread.ended().then(() => this.#threads.delete(thread.id));
    });
  }

  /** A new thread. @throws {ToolCallError} */
  async start(call: CodexCall): Promise<McpThread> {
    const config = await this.#configOf(call);
    try {
      const { id } = await this.#manager.start(config, "mcp");
      const thread = this.#threads.get(id);
      if (thread === undefined) throw new Error(`thread ${id} was not announced`);
      return thread;
    } catch (error) {
      throw new ToolCallError(`Failed to start Codex session: ${textOf(error)}`, { cause: error });
    }
  }

  /** A thread of this process. */
  find(threadId: string): McpThread | null {
    return this.#threads.get(threadId) ?? null;
  }

  /** Ends all threads with what runs in them. */
  async close(): Promise<void> {
    await this.#manager.closeAll();
  }

  async #configOf(call: CodexCall): Promise<Config> {
    const { config, overrides, program } = this.#options;
    try {
      return await loadConfig({
        codexHome: config.codexHome,
        cwd: workingFolder(program.cwd, call.cwd),
        env: program.env,
        overrides: {
          ...overrides,
          values: call.config,
          profile: call.profile,
          harness: {
            model: call.model,
            approvalPolicy: call.approvalPolicy,
            sandboxMode: call.sandbox,
            baseInstructions: call.baseInstructions,
            developerInstructions: call.developerInstructions,
            compactPrompt: call.compactPrompt,
          },
        },
      });
    } catch (error) {
      throw new ToolCallError(`Failed to load Codex configuration from overrides: ${textOf(error)}`, { cause: error });
    }
  }
}

// helpers

function workingFolder(own: string, given: string | null): string {
  const path = resolve(own, given ?? "");
  try {
    return realpathSync(path);
  } catch {
    throw new Error(`cwd is not a folder that exists: ${path}`);
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
