/** The agent of this process: made when the first thread needs it. */

import { realpathSync } from "node:fs";
import { extname, isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { loadConfig, resolveCodexHome, type Config } from "@codex-ts/config";
import type { ClientToolSpec, Thread, ThreadManager } from "@codex-ts/core";
import { loadDotenv, originatorFrom, type OwnProgram } from "@codex-ts/launch";
import { createAgent } from "@codex-ts/launch/agent";
import { findRollout } from "@codex-ts/rollout";
import { childEnvironment } from "../child/exec-arguments.js";
import { findExecutable } from "../child/executable.js";
import { sharedOverrides, threadOverrides } from "../config-overrides.js";
import { InvalidInputError } from "../errors.js";
import type { ThreadOptions } from "../options.js";
import type { InProcessOptions } from "./codex.js";
import { checkRepository } from "../repository.js";
import { ThreadNotFoundError } from "./errors.js";
import { LiveThread } from "./live-thread.js";

/** Makes and finds threads of core. */
export class Agent {
  readonly #options: InProcessOptions;
  readonly #env: Record<string, string | undefined>;
  readonly #live = new Map<string, LiveThread>();
  /** What each thread was told that its client can do. */
  readonly #tools = new WeakMap<LiveThread, readonly ClientToolSpec[]>();
  #threads: ThreadManager | null = null;

  constructor(options: InProcessOptions) {
    this.#options = options;
    this.#env = { ...childEnvironment(options, process.env) };
  }

  /**
   * The thread to run a turn in, and what it has to be set to first; null: it has just been made with it.
   * @throws {ThreadNotFoundError} {NotInRepositoryError} {ConfigError} {ClientToolError} {InvalidInputError}
   */
  async thread(id: string | null, options: ThreadOptions): Promise<{ thread: LiveThread; config: Config | null }> {
    const config = await this.#config(options);
    const threads = (this.#threads ??= this.#start(config));
    const loaded = id === null ? undefined : this.#live.get(id);
    const tools = (options.tools ?? []).map(({ name, description, inputSchema }) => ({
      name,
      description,
      inputSchema,
    }));
    if (loaded !== undefined) {
      if (tools.length > 0 && !isDeepStrictEqual(tools, this.#tools.get(loaded))) {
        throw new InvalidInputError("A thread that is loaded keeps the tools that it was started or resumed with.");
      }
      return { thread: loaded, config };
    }
    const file = id === null ? null : sessionFile(id, config.codexHome);
    const thread =
      file === null ? await threads.start(config, "exec", tools) : await threads.resume(config, "exec", file, tools);
    const live = this.#hear(thread);
    this.#tools.set(live, tools);
    return { thread: live, config: null };
  }

  async close(): Promise<void> {
    await this.#threads?.closeAll();
    this.#threads = null;
    this.#live.clear();
  }

  async #config(options: ThreadOptions): Promise<Config> {
    const codexHome = resolveCodexHome(this.#env);
    loadDotenv(codexHome, this.#env);
    const cwd = realpathSync(resolve(options.workingDirectory ?? "."));
    checkRepository(cwd, options);
    return await loadConfig({
      codexHome,
      cwd,
      env: this.#env,
      overrides: {
        cli: [...sharedOverrides(this.#options), ...threadOverrides(options)],
        harness: {
          model: options.model ?? null,
          sandboxMode: options.sandboxMode ?? null,
          additionalWritableRoots: (options.additionalDirectories ?? []).map((folder) => resolve(folder)),
          // Nobody is there to be asked.
          ...(options.onApproval === undefined ? { approvalPolicy: "never" as const } : {}),
        },
      },
    });
  }

  #start(config: Config): ThreadManager {
    const threads = createAgent({
      config,
      originator: originatorFrom(this.#env, "codex_sdk_ts"),
      env: this.#env,
      program: ownProgram(this.#options.codexPathOverride),
      useEnvironmentKey: true,
      report: this.#options.onReport ?? ((error, where) => process.emitWarning(`${where}: ${String(error)}`, "Codex")),
    });
    threads.onCreated((thread) => this.#hear(thread)); // also those that agents start
    return threads;
  }

  #hear(thread: Thread): LiveThread {
    const known = this.#live.get(thread.id);
    if (known !== undefined) return known;
    const live = new LiveThread(thread, this.#options.onCoreEvent);
    this.#live.set(thread.id, live);
    void thread.ended().then(() => this.#live.get(thread.id) === live && this.#live.delete(thread.id));
    return live;
  }
}

// helpers

function sessionFile(id: string, codexHome: string): string {
  const file = findRollout({ codexHome, id });
  if (file === null) throw new ThreadNotFoundError(id, codexHome);
  return file;
}

/** The executable helps where it is installed; without it, patches are applied by a script of ours. */
function ownProgram(override: string | undefined): OwnProgram {
  const { command, prefix } = findExecutable(override);
  const installed = isAbsolute(command) && prefix.length === 0;
  if (installed) return { executable: command, patchProgram: [command, "--codex-apply-patch-from-stdin"] };
  const script = fileURLToPath(new URL(`./patch-program${extname(import.meta.url)}`, import.meta.url));
  return { executable: undefined, patchProgram: [process.execPath, script] };
}
