/** One key over 200,000 paths: the complete ranked top 50. The slowest of several queries, each the median of 9 fresh searches. */

import { Corpus } from "../../packages/file-search/src/corpus.js";
import { Ranker } from "../../packages/file-search/src/ranking.js";

const PATHS = 200_000;
const QUERIES = ["s", "se", "ser", "server", "mod index", "src/ts", "xq", "Config"];
const WORDS =
  "src main index util service controller model view component test spec helper app server client config build parser lexer token stream buffer engine worker".split(
    " ",
  );

/** Always the same paths. */
function* somePaths(): Generator<string> {
  let state = 1;
  const below = (limit: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  const word = (): string => WORDS[below(WORDS.length)] ?? "";
  for (let n = 0; n < PATHS; n++) {
    const folders = Array.from({ length: 3 + below(4) }, () => word() + (below(3) === 0 ? "" : below(50)));
    yield `${folders.join("/")}/${word()}_${word()}${n}${[".ts", ".rs", ".java", ".md"][below(4)]}`;
  }
}

export default {
  name: "file-search: one key over 200,000 paths",
  unit: "ms",
  async measure(): Promise<number> {
    const corpus = new Corpus("/root");
    for (const path of [...somePaths()].toSorted()) corpus.add(path);
    const medians = QUERIES.map((query) => {
      const times = Array.from({ length: 9 }, () => {
        const start = performance.now();
        new Ranker([corpus]).rank(query, 50, () => true);
        return performance.now() - start;
      });
      return times.toSorted((a, b) => a - b)[4] ?? Number.NaN;
    });
    return Math.max(...medians);
  },
};
