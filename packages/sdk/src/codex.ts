/** Where threads come from: Codex as a program beside this one. */

import { execTurns } from "./child/exec-turn.js";
import type { CodexOptions, ThreadOptions } from "./options.js";
import type { Server } from "./server/server.js";
import { Thread, type RunTurn } from "./thread.js";

/**
 * Starts and resumes threads. A thread whose options have handlers or tools runs in one app-server that all such
 * threads share; every other turn is a child process of its own.
 */
export class Codex implements AsyncDisposable {
  readonly #options: CodexOptions;
  #server: Promise<Server> | null = null;

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

  /** Ends the app-server, if there is one. Without a call it ends with this process, which it does not keep alive. */
  async close(): Promise<void> {
    await (await this.#server)?.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #turns(options: ThreadOptions): RunTurn {
    const { onApproval, onUserInput, tools = [] } = options;
    const asks = onApproval !== undefined || onUserInput !== undefined || tools.length > 0;
    return asks ? this.#turnsOfServer(options) : execTurns(this.#options, options);
  }

  #turnsOfServer(options: ThreadOptions): RunTurn {
    const load = async (): Promise<RunTurn> => {
      const [{ Server }, { serverTurns }] = await Promise.all([
        import("./server/server.js"),
        import("./server/server-turn.js"),
      ]);
      this.#server ??= Promise.resolve(new Server(this.#options));
      return serverTurns(await this.#server, options);
    };
    return async function* (request) {
      yield* (await load())(request);
    };
  }
}
