/** Owns the threads of a process: starts, resumes, forks, finds and closes them. */

import { itemsBeforeUserMessage, type Rollout } from "@codex-ts/rollout";
import type { ResponseItem, SessionSource, ThreadId } from "@codex-ts/protocol";
import type { ChildThreads } from "../agents/child-threads.js";
import { Operations } from "../session/operations.js";
import type { Session } from "../session/session.js";
import type { ThreadConfig } from "../session/services.js";
import { TaskRunner } from "../tasks/task-runner.js";
import { notifyProgram } from "../tasks/notify.js";
import { readContinuation, type Continuation } from "./continuation.js";
import { continueSession, startSession, type ThreadStart } from "./start-session.js";
import type { ClientToolSpec } from "../tools/client-tools.js";
import { ThreadClosedError } from "./submission-queue.js";
import { Thread } from "./thread.js";
import { uuidV7 } from "./uuid.js";

/** What a manager needs. */
export type ThreadManagerOptions = Omit<ThreadStart, "config" | "source" | "children" | "clientTools" | "mcpOwner">;

/** There is no such thread. */
export class ThreadNotFoundError extends Error {
  override readonly name = "ThreadNotFoundError";

  constructor(id: ThreadId) {
    super(`no thread with id: ${id}`);
  }
}

/** The threads of a process. */
export class ThreadManager {
  readonly #options: ThreadManagerOptions;
  readonly #threads = new Map<ThreadId, Thread>();
  readonly #onCreated = new Set<(thread: Thread) => void>();
  /** Threads that are being brought back: whoever comes meanwhile gets the same one. */
  readonly #resuming = new Map<ThreadId, Promise<Thread>>();
  readonly #closing = new Map<ThreadId, Promise<void>>();
  /** Threads that agents started and nobody closed. */
  readonly #spawned = new Set<ThreadId>();
  /** Of threads that another one started: which one. */
  readonly #parents = new Map<ThreadId, ThreadId>();

  constructor(options: ThreadManagerOptions) {
    this.#options = options;
  }

  /**
   * Starts a thread.
   * @param clientTools tools that the client runs itself
   * @throws {SessionStorageError} {ClientToolError}
   */
  async start(
    config: ThreadConfig,
    source: SessionSource,
    clientTools: readonly ClientToolSpec[] = [],
  ): Promise<Thread> {
    return this.#add(await startSession(uuidV7(), { ...this.#startOf(config, source), clientTools }));
  }

  /**
   * Goes on with a session file. A thread that is loaded already is returned as it is.
   * @param file the file's path, or its content, when it was read already
   * @param clientTools tools that the client runs itself
   * @throws {RolloutReadError} {RolloutLockedError} {ClientToolError}
   */
  async resume(
    config: ThreadConfig,
    source: SessionSource,
    file: string | Rollout,
    clientTools: readonly ClientToolSpec[] = [],
  ): Promise<Thread> {
    let from = await readContinuation(file);
    if (this.#closing.has(from.id)) {
      await this.#closing.get(from.id);
      from = await readContinuation(file);
    }
    const loaded = this.#threads.get(from.id) ?? this.#resuming.get(from.id);
    if (loaded !== undefined) return await loaded;
    const start = { ...this.#startOf(config, source), clientTools };
    const resumed = continueSession(start, from).then((session) => this.#add(session));
    this.#resuming.set(from.id, resumed);
    try {
      return await resumed;
    } finally {
      this.#resuming.delete(from.id);
    }
  }

  /**
   * Starts a thread from another one's session file.
   * @param file the file's path, or its content, when it was read already
   * @param beforeMessage number of the user message (from 0) at which it leaves the old way; null: all of it is kept
   */
  async fork(
    config: ThreadConfig,
    source: SessionSource,
    file: string | Rollout,
    beforeMessage: number | null,
  ): Promise<Thread> {
    const original = await readContinuation(file);
    const items = beforeMessage === null ? original.items : itemsBeforeUserMessage(original.items, beforeMessage);
    if (items === null) return await this.start(config, source);
    const from: Continuation = { ...original, id: uuidV7(), forkedFrom: original.id, path: null, items };
    return this.#add(await continueSession(this.#startOf(config, source), from));
  }

  /** Starts a thread that goes on from a conversation that somebody else kept. @throws {SessionStorageError} */
  async startFrom(config: ThreadConfig, source: SessionSource, history: readonly ResponseItem[]): Promise<Thread> {
    const items = history.map((payload) => ({ type: "response_item" as const, payload }));
    const from: Continuation = { id: uuidV7(), forkedFrom: null, path: null, items, baseInstructions: null };
    return this.#add(await continueSession(this.#startOf(config, source), from));
  }

  /** @throws {ThreadNotFoundError} */
  get(id: ThreadId): Thread {
    const thread = this.#threads.get(id);
    if (thread === undefined) throw new ThreadNotFoundError(id);
    return thread;
  }

  /** Ids of the loaded threads. */
  ids(): ThreadId[] {
    return [...this.#threads.keys()];
  }

  /** Hears of every thread that begins, also those that agents start. @returns a function that ends it */
  onCreated(listener: (thread: Thread) => void): () => void {
    this.#onCreated.add(listener);
    return () => this.#onCreated.delete(listener);
  }

  /** Shuts a thread down, with those that it started, and forgets it. */
  async close(id: ThreadId): Promise<void> {
    const thread = this.#threads.get(id);
    if (thread === undefined) return;
    this.#forget(thread);
    const closed = Promise.all([shutDown(thread), this.#closeChildren(id)]).then(() => undefined);
    this.#closing.set(
      id,
      closed.finally(() => this.#closing.delete(id)),
    );
    await closed;
  }

  /** Shuts all threads down, also those that another one starts meanwhile. */
  async closeAll(): Promise<void> {
    while (this.#threads.size > 0) await Promise.all(this.ids().map((id) => this.close(id)));
    await Promise.all(this.#closing.values());
  }

  /** Nobody else reaches them, and they work with the servers of the one that started them. */
  async #closeChildren(id: ThreadId): Promise<void> {
    const children = [...this.#parents].filter(([, parent]) => parent === id);
    await Promise.all(children.map(([child]) => this.close(child)));
  }

  #forget({ id }: Thread): void {
    this.#threads.delete(id);
    this.#spawned.delete(id);
    this.#parents.delete(id);
  }

  #startOf(config: ThreadConfig, source: SessionSource): ThreadStart {
    return { ...this.#options, config, source, children: (parent) => this.#childrenOf(parent) };
  }

  /** The ids come from a model, so they must not reach threads of somebody else. */
  #childrenOf(parent: ThreadId): ChildThreads {
    const find = (id: ThreadId): Thread | null =>
      this.#parents.get(id) === parent ? (this.#threads.get(id) ?? null) : null;
    return {
      start: async (config, source, mcpOwner) => {
        const child = this.#add(await startSession(uuidV7(), { ...this.#startOf(config, source), mcpOwner }));
        this.#parents.set(child.id, parent);
        return child;
      },
      find,
      status: (id) => find(id)?.status ?? "not_found",
      close: async (id) => {
        if (find(id) !== null) await this.close(id);
      },
      spawned: () => [...this.#spawned].filter((id) => this.#parents.get(id) === parent).length,
    };
  }

  #add(session: Session): Thread {
    const tasks = new TaskRunner(session, notifyProgram);
    const thread = new Thread(session, new Operations(session, tasks));
    this.#threads.set(thread.id, thread);
    // One that was told to shut down by an operation is gone, too.
    void thread.ended().then(async () => {
      if (this.#threads.get(thread.id) === thread) this.#forget(thread);
      await this.#closeChildren(thread.id);
    });
    if (session.subAgentLabel === "collab_spawn") this.#spawned.add(thread.id);
    for (const listener of this.#onCreated) listener(thread);
    return thread;
  }
}

// helpers

async function shutDown(thread: Thread): Promise<void> {
  try {
    await thread.submit({ type: "shutdown" });
  } catch (error) {
    if (!(error instanceof ThreadClosedError)) throw error; // it is ending already
  }
  await thread.ended();
}
