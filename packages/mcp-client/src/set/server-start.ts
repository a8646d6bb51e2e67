/** The start of one server in the background, and how it came out. */

import { DEFAULT_MCP_STARTUP_TIMEOUT_SEC, type McpServerConfig } from "@codex-ts/config";
import type { McpStartupStatus } from "@codex-ts/protocol";
import type { AskPerson } from "../contract/connections.js";
import { startupFailure } from "../server/failure-text.js";
import { McpServer } from "../server/server.js";
import type { Log } from "../transport/transport.js";
import { connect, type ConnectOptions } from "./connect.js";

/** What a start needs. */
export interface ServerStartOptions {
  connect: ConnectOptions;
  sandboxExecutable: string | null;
  elicit: AskPerson;
  /** Said instead of the error of a failed start; null: the error itself. */
  advice: string | null;
  log: Log;
  /** Hears how it came out. */
  told: (status: McpStartupStatus) => void;
}

/** How a start came out. */
export type StartOutcome = Exclude<McpStartupStatus, { state: "starting" }>;

/** A server that was told to start. */
export class ServerStart {
  readonly name: string;
  /** Resolves with the outcome; never rejects. */
  readonly settled: Promise<void>;
  /** null: still starting. */
  outcome: StartOutcome | null = null;
  /** null: it is not up. */
  server: McpServer | null = null;
  readonly #server: McpServer;
  readonly #cancelled = Promise.withResolvers<StartOutcome>();
  #closed: Promise<void> | null = null;

  constructor(name: string, config: McpServerConfig, options: ServerStartOptions) {
    this.name = name;
    this.#server = new McpServer({
      name,
      config,
      connect: () => Promise.resolve().then(() => connect(name, config, options.connect, options.log)),
      elicit: options.elicit,
      sandboxExecutable: options.sandboxExecutable,
      log: options.log,
    });
    this.settled = this.#run(config, options);
  }

  /** Gives up, unless it is up already. */
  cancel(): void {
    this.#cancelled.resolve({ state: "cancelled" });
  }

  /** Ends the server, whatever its state. */
  async close(): Promise<void> {
    this.cancel();
    await this.settled;
    await this.#end();
  }

  async #run(config: McpServerConfig, { advice, told }: ServerStartOptions): Promise<void> {
    const seconds = config.startupTimeoutSec ?? DEFAULT_MCP_STARTUP_TIMEOUT_SEC;
    const started = this.#server.start().then(
      (): StartOutcome => ({ state: "ready" }),
      (error: unknown): StartOutcome => ({
        state: "failed",
        error: advice ?? startupFailure(this.name, error, seconds),
      }),
    );
    const outcome = await Promise.race([started, this.#cancelled.promise]);
    if (outcome.state === "ready") this.server = this.#server;
    else void this.#end();
    this.outcome = outcome;
    told(outcome);
  }

  #end(): Promise<void> {
    this.#closed ??= this.#server.close();
    return this.#closed;
  }
}
