/** File search for callers that must stay responsive: a worker walks and ranks, this side asks and listens. */

import type { Worker } from "node:worker_threads";
import type { EngineOptions, EngineQuery, EngineUpdate } from "./engine.js";
import type { FileMatch } from "./ranking.js";

/** Where to search. */
export interface FileSearchOptions {
  /** Roots that do not exist have no files. */
  roots: readonly string[];
  /** Heed ignore files, those of folders above and the user's global one included. @default true */
  respectIgnore?: boolean;
  /** Patterns in gitignore form that leave files out besides. */
  exclude?: readonly string[];
}

/** What is known of a query's answer. */
export interface SearchResult {
  /** Best first; at most `limit` of each root. */
  matches: FileMatch[];
  /** How many files match in all. */
  total: number;
  /** Files looked at so far. */
  walked: number;
  /** False while the walk goes on, and for a query that was given up: that one has no matches. */
  complete: boolean;
}

/** How to ask. */
export interface QueryOptions {
  /** @default 50 */
  limit?: number;
  /** Told again and again while the walk goes on. */
  onUpdate?: (result: SearchResult) => void;
  signal?: AbortSignal;
}

/** The worker died; the search has to be opened again. */
export class FileSearchError extends Error {
  override readonly name = "FileSearchError";
}

/** A search over the files as they are when it is opened. */
export interface FileSearch {
  /**
   * Gives the complete answer. A newer query, or the signal, gives an older one up: that one answers with nothing. An empty
   * query matches nothing.
   * @throws FileSearchError when the worker died
   */
  query(text: string, options?: QueryOptions): Promise<SearchResult>;
  /** Ends the worker; open queries answer with nothing. */
  close(): void;
}

const DEFAULT_LIMIT = 50;
const GIVEN_UP: SearchResult = { matches: [], total: 0, walked: 0, complete: false };

/** A query that waits for its answer. */
interface Asked {
  id: number;
  onUpdate: ((result: SearchResult) => void) | undefined;
  resolve: (result: SearchResult) => void;
  reject: (error: unknown) => void;
}

/** Opens a search and begins to walk. The worker does not keep the process alive by itself. */
export async function openFileSearch(options: FileSearchOptions): Promise<FileSearch> {
  const latest = new Int32Array(new SharedArrayBuffer(4));
  const worker = await startWorker({
    options: { roots: options.roots, respectIgnore: options.respectIgnore ?? true, exclude: options.exclude ?? [] },
    latest,
  });
  let asked: Asked | null = null;
  let failure: FileSearchError | null = null;
  let closed = false;

  worker.on("message", (update: EngineUpdate) => {
    if (asked === null || update.id !== asked.id) return;
    const { id: _id, ...result } = update;
    asked.onUpdate?.(result);
    if (result.complete) settle((waiting) => waiting.resolve(result));
  });
  worker.on("error", (error) =>
    fail(new FileSearchError(`The file search failed: ${String(error)}`, { cause: error })),
  );
  worker.on("exit", () => fail(new FileSearchError("The file search ended unexpectedly.")));

  function settle(how: (waiting: Asked) => void): void {
    const waiting = asked;
    asked = null;
    if (waiting !== null) how(waiting);
    // Only a question keeps the process alive.
    worker.unref();
  }

  function fail(error: FileSearchError): void {
    failure ??= error;
    settle((waiting) => waiting.reject(error));
  }

  function giveUp(): void {
    Atomics.add(latest, 0, 1);
    settle((waiting) => waiting.resolve(GIVEN_UP));
  }

  async function query(
    text: string,
    { limit = DEFAULT_LIMIT, onUpdate, signal }: QueryOptions = {},
  ): Promise<SearchResult> {
    giveUp();
    if (failure !== null && !closed) throw failure;
    if (closed || signal?.aborted) return GIVEN_UP;
    const id = Atomics.load(latest, 0);
    const answer = Promise.withResolvers<SearchResult>();
    asked = { id, onUpdate, resolve: answer.resolve, reject: answer.reject };
    worker.ref();
    const asking: EngineQuery = { id, text, limit };
    worker.postMessage(asking, []);
    const onAbort = (): void => {
      if (asked?.id === id) giveUp();
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    try {
      return await answer.promise;
    } finally {
      signal?.removeEventListener("abort", onAbort);
    }
  }

  return {
    query,
    close() {
      closed = true;
      giveUp();
      void worker.terminate();
    },
  };
}

/** One question from walk to answer. */
export async function searchFiles(
  text: string,
  options: FileSearchOptions & Pick<QueryOptions, "limit" | "signal">,
): Promise<SearchResult> {
  const search = await openFileSearch(options);
  try {
    return await search.query(text, options);
  } finally {
    search.close();
  }
}

/** From a string, because that works in a compiled executable, in a bundle and in a package alike. */
async function startWorker(start: { options: EngineOptions; latest: Int32Array }): Promise<Worker> {
  const [{ Worker }, { WORKER_SOURCE }] = await Promise.all([
    import("node:worker_threads"),
    import("./generated/worker-source.js"),
  ]);
  const worker = new Worker(WORKER_SOURCE, { eval: true, workerData: start, name: "file-search" });
  worker.unref();
  return worker;
}
