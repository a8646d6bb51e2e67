/** Where threads come from: an agent in this process. */

import type { ThreadEvent as CoreEvent } from "@codex-ts/protocol";
import type { CodexOptions, ThreadOptions } from "../options.js";
import { Thread } from "../thread.js";
import { Agent } from "./agent.js";
import { inProcessTurns } from "./turn.js";

/** Settings of all threads of one {@link Codex}. `codexPathOverride` names the program that helps with the sandbox. */
export interface InProcessOptions extends CodexOptions {
  /** Hears everything that threads say, deltas included: the language that front ends are made of. */
  onCoreEvent?: (event: CoreEvent) => void;
  /** Hears of defects that were contained; default: a warning of the process. */
  onReport?: (error: unknown, where: string) => void;
}

/** Starts and resumes threads that run in this process. Close it, or its commands and servers go on running. */
export class Codex implements AsyncDisposable {
  readonly #agent: Agent;

  constructor(options: InProcessOptions = {}) {
    this.#agent = new Agent(options);
  }

  /** A new thread; nothing runs before its first turn. */
  startThread(options: ThreadOptions = {}): Thread {
    return new Thread(inProcessTurns(this.#agent, options));
  }

  /** Goes on with a thread of CODEX_HOME's sessions. */
  resumeThread(id: string, options: ThreadOptions = {}): Thread {
    return new Thread(inProcessTurns(this.#agent, options), id);
  }

  /** Ends the turns that run, their commands and servers, and closes the session files. */
  async close(): Promise<void> {
    await this.#agent.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
