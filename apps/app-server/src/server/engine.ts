/** What methods work with: the agent, the configuration, the threads. Loaded behind the handshake. */

import type { ConfigWarningNotification } from "@codex-ts/app-server-protocol";
import type { AuthManager } from "@codex-ts/auth";
import type { Config } from "@codex-ts/config";
import type { ThreadManager } from "@codex-ts/core";
import type { ModelCatalogue } from "@codex-ts/model-client";
import type { ThreadSettingsGiven } from "../threads/derive-config.js";
import type { LoadedThreads } from "../threads/loaded-threads.js";
import type { AppServer } from "./app-server.js";
import type { LoginAttempts } from "./login-attempt.js";

/** The working part of a server. */
export interface Engine {
  readonly server: AppServer;
  readonly originator: string;
  /** The configuration that the server was started with; threads have their own. */
  readonly config: Config;
  /** What is wrong with it. */
  readonly warnings: readonly ConfigWarningNotification[];
  readonly agent: ThreadManager;
  readonly models: ModelCatalogue;
  readonly auth: AuthManager;
  readonly threads: LoadedThreads;
  /**
   * A thread's configuration: the files as they are now, below the command line, below what the client gave.
   * @throws {RpcError} `error deriving config: ...`
   */
  configFor(given: ThreadSettingsGiven): Promise<Config>;
  readonly logins: LoginAttempts;
  /** Shuts all threads down. */
  close(): Promise<void>;
}
