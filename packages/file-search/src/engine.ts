/** The search itself: walks, takes queries at any time, and tells what it has found so far. Runs in a worker or in process. */

import { setImmediate as breathe } from "node:timers/promises";
import { Corpus } from "./corpus.js";
import { type FileMatch, Ranker } from "./ranking.js";
import { walkFiles } from "./walk.js";

/** Where to search. */
export interface EngineOptions {
  roots: readonly string[];
  respectIgnore: boolean;
  exclude: readonly string[];
}

/** A query for the engine. */
export interface EngineQuery {
  /** Grows with each query; only the latest one is answered to its end. */
  id: number;
  text: string;
  /** Best matches per root. */
  limit: number;
}

/** What the engine tells. */
export interface EngineUpdate {
  /** The query's. */
  id: number;
  matches: FileMatch[];
  /** How many files match in all, as far as is known. */
  total: number;
  /** Files seen so far. */
  walked: number;
  /** Nothing will be added any more. */
  complete: boolean;
}

/** A running engine. */
export interface Engine {
  query(query: EngineQuery): void;
  stop(): void;
}

/** Walking pauses this often, in milliseconds, so that queries are heard. */
const SLICE_MS = 10;
/** Between two updates of one query while the walk goes on, in milliseconds. */
const UPDATE_MS = 60;

/**
 * Starts walking at once.
 * @param latest the newest query's id: a search for an older one is given up
 * @param tell may be called while a query is being taken
 */
export function startEngine(
  options: EngineOptions,
  latest: () => number,
  tell: (update: EngineUpdate) => void,
): Engine {
  const corpora = [...new Set(options.roots)].map((root) => new Corpus(root));
  const ranker = new Ranker(corpora);
  let current: EngineQuery | null = null;
  let walked = 0;
  let complete = false;
  let stopped = false;
  let toldAt = 0;

  async function walk(): Promise<void> {
    let sliceEnd = performance.now() + SLICE_MS;
    for (const corpus of corpora) {
      for (const files of walkFiles({ ...options, root: corpus.root })) {
        for (const path of files) corpus.add(path);
        walked += files.length;
        if (performance.now() < sliceEnd) continue;
        await breathe();
        if (stopped) return;
        if (performance.now() - toldAt > UPDATE_MS) answer();
        sliceEnd = performance.now() + SLICE_MS;
      }
    }
    complete = true;
    answer();
  }

  function answer(): void {
    const query = current;
    if (query === null || stopped) return;
    const ranking = ranker.rank(query.text, query.limit, () => latest() === query.id);
    if (ranking === null) return;
    toldAt = performance.now();
    tell({ id: query.id, ...ranking, walked, complete });
  }

  // The first slice begins after the caller's own work.
  void breathe().then(walk);

  return {
    query(query) {
      current = query;
      answer();
    },
    stop() {
      stopped = true;
    },
  };
}
