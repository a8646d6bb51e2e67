/** Searches packed paths for the best matches of a query, going on from what the query before found. */

import type { Corpus } from "./corpus.js";
import { comparePaths } from "./path-order.js";
import { parseQuery, type Query } from "./query.js";

/** A file that matches. */
export interface FileMatch {
  root: string;
  /** Relative to the root, with the system's separators. */
  path: string;
  score: number;
  /** Positions of the matched characters in `path`, ascending. */
  indices: number[];
}

/** The best matches. */
export interface Ranking {
  matches: FileMatch[];
  /** How many files match in all. */
  total: number;
}

/** A match that may still be displaced. */
interface Candidate {
  corpus: Corpus;
  id: number;
  score: number;
}

/** How often the caller is asked whether the search is still wanted. */
const PATHS_PER_CHECK = 1024;

/** Ranks one root after another; remembers which paths matched, so that a query with one more letter looks at those only. */
export class Ranker {
  readonly #corpora: readonly Corpus[];
  #before: { text: string; matching: Int32Array[]; seen: number[] } | null = null;

  constructor(corpora: readonly Corpus[]) {
    this.#corpora = corpora;
  }

  /**
   * The best `limit` of each root together, by score and then by path. Null when it was given up.
   * @param isWanted asked now and then
   */
  rank(text: string, limit: number, isWanted: () => boolean): Ranking | null {
    const query = parseQuery(text);
    if (query.words.length === 0) return { matches: [], total: 0 };
    const matching: Int32Array[] = [];
    const best: Candidate[] = [];
    let total = 0;
    for (const [at, corpus] of this.#corpora.entries()) {
      const found = this.#rankOne(corpus, this.#idsToLookAt(at, text), query, limit, isWanted);
      if (found === null) return null;
      matching.push(found.matching);
      best.push(...found.best);
      total += found.matching.length;
    }
    this.#before = { text, matching, seen: this.#corpora.map((corpus) => corpus.paths.length) };
    return { matches: best.toSorted(compare).map((candidate) => shown(candidate, query)), total };
  }

  /** What matched a beginning of this query, and what came since; null: everything. */
  #idsToLookAt(at: number, text: string): { matching: Int32Array; seen: number } | null {
    const before = this.#before;
    // A backslash changes its meaning with what follows.
    if (before === null || !text.startsWith(before.text) || text.includes("\\")) return null;
    const matching = before.matching[at];
    const seen = before.seen[at];
    return matching === undefined || seen === undefined ? null : { matching, seen };
  }

  #rankOne(
    corpus: Corpus,
    from: { matching: Int32Array; seen: number } | null,
    query: Query,
    limit: number,
    isWanted: () => boolean,
  ): { best: Candidate[]; matching: Int32Array } | null {
    const known = from?.matching.length ?? 0;
    const seen = from?.seen ?? 0;
    const count = known + corpus.paths.length - seen;
    const matching = new Int32Array(count);
    const best = new BestOf(limit);
    let found = 0;
    for (let at = 0; at < count; at++) {
      if (at % PATHS_PER_CHECK === 0 && !isWanted()) return null;
      const id = at < known ? (from?.matching[at] ?? 0) : seen + at - known;
      const score = corpus.score(id, query, best.floor);
      if (score < 0) continue;
      matching[found++] = id;
      if (score >= best.floor) best.offer({ corpus, id, score });
    }
    return { best: best.all(), matching: matching.slice(0, found) };
  }
}

/** Keeps the best few; sorts only now and then. */
class BestOf {
  readonly #limit: number;
  #kept: Candidate[] = [];
  /** Lower scores need not be offered: among equals, whoever came first stays. */
  floor = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  offer(candidate: Candidate): void {
    this.#kept.push(candidate);
    if (this.#kept.length >= this.#limit * 2 + 64) this.#trim();
  }

  all(): Candidate[] {
    this.#trim();
    return this.#kept;
  }

  #trim(): void {
    this.#kept = this.#kept.toSorted(compare).slice(0, this.#limit);
    if (this.#kept.length === this.#limit) this.floor = (this.#kept.at(-1)?.score ?? 0) + 1;
  }
}

function compare(a: Candidate, b: Candidate): number {
  if (a.score !== b.score) return b.score - a.score;
  return comparePaths(a.corpus.paths[a.id] ?? "", b.corpus.paths[b.id] ?? "");
}

function shown({ corpus, id, score }: Candidate, query: Query): FileMatch {
  return { root: corpus.root, path: corpus.paths[id] ?? "", score, indices: corpus.indices(id, query) };
}
