/** Where threads come from: Codex as a program beside this one. */

import { execTurns } from "./child/exec-turn.js";
import type { CodexOptions, ThreadOptions } from "./options.js";
import { Thread, type RunTurn } from "./thread.js";

/**
 * Starts and resumes threads. A thread whose options have handlers or tools runs in one app-server that all such
 * threads share; every other turn is a child process of its own.
 */
export class Codex {
  readonly #options: CodexOptions;

  constructor(options: CodexOptions = {}) {
    this.#options = options;
  }

  /** A new thread; nothing runs before its first turn. */
  startThread(options: ThreadOptions = {}): Thread {
    return new Thread(this.#turns(options));
  }

  /** Goes on with a thread of CODEX_HOME's sessions. */
  resumeThread(id: string, options: ThreadOptions = {}): Thread {
    return new Thread(this.#turns(options), id);
  }

  #turns(options: ThreadOptions): RunTurn {
    return execTurns(this.#options, options);
  }
}
