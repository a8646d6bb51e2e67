/** The app-server that the threads of one Codex share: started by the first turn, ended with this process. */

import type { ServerNotification, ServerRequest } from "@codex-ts/app-server-protocol";
import { childEnvironment } from "../child/exec-arguments.js";
import { findExecutable } from "../child/executable.js";
import { sharedOverrides } from "../config-overrides.js";
import { InvalidInputError } from "../errors.js";
import type { CodexOptions, SandboxMode, ThreadOptions } from "../options.js";
import type { Tool } from "../questions/tool.js";
import { ServerConnection } from "./connection.js";

/** Hears what concerns one thread. */
export interface ThreadListener {
  notification(message: ServerNotification): void;
  request(message: ServerRequest): Promise<unknown>;
  ended(error: Error): void;
}

/** What we know of a thread that the server has open. */
export interface LoadedThread {
  /** What its last turn began with; null: others were sent since, or none yet, and no turn has begun with them. */
  options: ThreadOptions | null;
  readonly sandboxMode: SandboxMode | null;
  /** Those that it was started with. */
  readonly tools: readonly Pick<Tool, "name" | "description" | "inputSchema">[];
}

/** The server, and who listens to which thread. */
export class Server {
  readonly #options: CodexOptions;
  /** Threads that a turn has; null: it has not begun to listen. */
  readonly #listeners = new Map<string, ThreadListener | null>();
  readonly #loaded = new Map<string, LoadedThread>();
  #connection: Promise<ServerConnection> | null = null;

  constructor(options: CodexOptions) {
    if (options.apiKey !== undefined) {
      throw new InvalidInputError(
        "apiKey is for turns without handlers and tools, and for @codex-ts/sdk/in-process. Log in with `codex login --with-api-key`, or use env and a provider with env_key.",
      );
    }
    this.#options = options;
  }

  /** The running server. @throws {CodexNotFoundError} {CodexExitError} */
  async connection(): Promise<ServerConnection> {
    const known = this.#connection;
    const running = await known?.catch(() => null); // whoever started it was told
    if (running?.isOpen === true) return running;
    if (this.#connection === known || this.#connection === null) {
      this.#loaded.clear();
      this.#connection = this.#start();
    }
    return await this.#connection;
  }

  /** Threads that the running server has open. */
  get loaded(): Map<string, LoadedThread> {
    return this.#loaded;
  }

  /** Takes a thread for one turn, until the returned function is called. @throws {InvalidInputError} another one has it */
  reserve(threadId: string): () => void {
    if (this.#listeners.has(threadId)) throw new InvalidInputError(`a turn of thread ${threadId} is running`);
    this.#listeners.set(threadId, null);
    return () => this.#listeners.delete(threadId);
  }

  /** Hears a thread that is reserved, until it is released. */
  listen(threadId: string, listener: ThreadListener): void {
    this.#listeners.set(threadId, listener);
  }

  /** Ends the server in good order. */
  async close(): Promise<void> {
    const running = await this.#connection?.catch(() => null);
    this.#connection = null;
    await running?.close();
  }

  async #start(): Promise<ServerConnection> {
    const connection = new ServerConnection(
      {
        executable: findExecutable(this.#options.codexPathOverride),
        args: ["app-server", ...sharedOverrides(this.#options).flatMap((pair) => ["--config", pair])],
        env: childEnvironment(this.#options, process.env),
      },
      {
        notification: (message) => this.#listeners.get(threadOf(message))?.notification(message),
        // A thread that nobody listens to was started by an agent: there is nobody to ask.
        request: async (message) => (await this.#listeners.get(threadOf(message))?.request(message)) ?? {},
        ended: (error) => {
          for (const listener of this.#listeners.values()) listener?.ended(error);
        },
      },
    );
    const release = connection.hold();
    try {
      const clientInfo = { name: "codex_sdk_ts", title: "Codex SDK", version: "0.1.0" };
      await connection.request("initialize", { clientInfo });
      connection.notify("initialized");
      return connection;
    } catch (error) {
      connection.kill(); // nobody else knows of it
      throw error;
    } finally {
      release();
    }
  }
}

function threadOf({ params }: ServerNotification | ServerRequest): string {
  return typeof params === "object" && params !== null && "threadId" in params ? String(params.threadId) : "";
}
