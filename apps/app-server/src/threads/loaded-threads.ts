/** The threads of this process, by id, and who listens to them. */

import type { Thread, ThreadManager } from "@codex-ts/core";
import type { ThreadId } from "@codex-ts/protocol";
import { invalidRequest } from "../router/rpc-error.js";
import type { Connection } from "../router/connection.js";
import type { AppServer } from "../server/app-server.js";
import { LoadedThread } from "./loaded-thread.js";
import { parseThreadId } from "./thread-id.js";

/** All loaded threads. */
export class LoadedThreads {
  readonly #agent: ThreadManager;
  readonly #server: AppServer;
  readonly #threads = new Map<ThreadId, LoadedThread>();

  constructor(agent: ThreadManager, server: AppServer) {
    this.#agent = agent;
    this.#server = server;
    agent.onCreated((thread) => this.#created(thread));
  }

  /** A thread that a method started; the same one for a thread that is loaded already. */
  of(thread: Thread): LoadedThread {
    const known = this.#threads.get(thread.id);
    if (known?.thread === thread) return known;
    const loaded = new LoadedThread(thread, this.#server.signal);
    this.#threads.set(thread.id, loaded);
    return loaded;
  }

  /** @throws {RpcError} the id is none, or nothing is loaded under it */
  get(threadId: string): LoadedThread {
    const id = parseThreadId(threadId);
    const found = this.find(id);
    if (found === null) throw invalidRequest(`thread not found: ${id}`);
    return found;
  }

  /** null when nothing is loaded under the id. */
  find(id: ThreadId): LoadedThread | null {
    return this.#threads.get(id) ?? null;
  }

  /** Ids of the loaded threads, ascending. */
  ids(): ThreadId[] {
    return [...this.#threads.keys()].sort();
  }

  /** All of them. */
  all(): LoadedThread[] {
    return [...this.#threads.values()];
  }

  /** Shuts a thread down and forgets it; nothing happens when it is not loaded. */
  async close(id: ThreadId): Promise<void> {
    const known = this.#threads.get(id);
    if (known === undefined) return;
    this.#threads.delete(id);
    await this.#agent.close(id);
  }

  /** A client is gone. Its threads go on without it. */
  disconnect(connection: Connection): void {
    for (const loaded of this.#threads.values()) loaded.leave(connection);
  }

  /** Agents that a thread starts are heard by whoever listens to it. A reviewer's work is shown by its own thread. */
  #created(thread: Thread): void {
    const { source } = thread;
    if (typeof source === "string" || typeof source.subagent === "string" || !("thread_spawn" in source.subagent))
      return;
    const parent = this.#threads.get(source.subagent.thread_spawn.parent_thread_id);
    const loaded = this.of(thread);
    for (const connection of parent?.clients ?? []) loaded.listen(connection, { form: "v2", rawEvents: false });
    void thread.ended().then(
      () => this.#threads.delete(thread.id),
      (error: unknown) => this.#server.report(error, "agent thread"),
    );
  }
}
