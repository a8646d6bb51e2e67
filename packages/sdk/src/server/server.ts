/** The app-server that the threads of one Codex share: started by the first turn, ended with this process. */

import type { ServerNotification, ServerRequest } from "@codex-ts/app-server-protocol";
import { childEnvironment } from "../child/exec-arguments.js";
import { findExecutable } from "../child/executable.js";
import { sharedOverrides } from "../config-overrides.js";
import { InvalidInputError } from "../errors.js";
import type { CodexOptions, ThreadOptions } from "../options.js";
import { ServerConnection } from "./connection.js";

/** Hears what concerns one thread. */
export interface ThreadListener {
  notification(message: ServerNotification): void;
  request(message: ServerRequest): Promise<unknown>;
  ended(error: Error): void;
}

/** The server, and who listens to which thread. */
export class Server {
  readonly #options: CodexOptions;
  readonly #listeners = new Map<string, ThreadListener>();
  readonly #loaded = new Map<string, ThreadOptions>();
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

  /** Threads that the running server has open, each with the options that it was last given. */
  get loaded(): Map<string, ThreadOptions> {
    return this.#loaded;
  }

  /** @throws {InvalidInputError} a turn of the thread is running */
  checkIdle(threadId: string): void {
    if (this.#listeners.has(threadId)) throw new InvalidInputError(`a turn of thread ${threadId} is running`);
  }

  /** Hears a thread until the returned function is called; one at a time. @throws {InvalidInputError} */
  listen(threadId: string, listener: ThreadListener): () => void {
    this.checkIdle(threadId);
    this.#listeners.set(threadId, listener);
    return () => this.#listeners.delete(threadId);
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
          for (const listener of this.#listeners.values()) listener.ended(error);
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
