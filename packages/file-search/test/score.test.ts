import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Corpus } from "../src/corpus.js";
import { comparePaths } from "../src/path-order.js";
import { parseQuery } from "../src/query.js";
import { Ranker } from "../src/ranking.js";

function corpusOf(...paths: string[]): Corpus {
  const corpus = new Corpus("/root");
  for (const path of paths.toSorted(comparePaths)) corpus.add(path);
  return corpus;
}

const rank = (query: string, paths: readonly string[], limit = 50) =>
  new Ranker([corpusOf(...paths)]).rank(query, limit, () => true)?.matches ?? [];
const scored = (query: string, path: string): [number, number[]] | null => {
  const [match] = rank(query, [path]);
  return match ? [match.score, match.indices] : null;
};

describe("scores that were observed", () => {
  it.each<[string, string, number, number[]]>([
    ["J", "xJava", 26, [1]],
    ["bc", "abc", 36, [1, 2]],
    ["ab", "a-b", 57, [0, 2]],
    ["ab", "axxxxb", 46, [0, 5]],
    ["fo", "foo bar", 62, [0, 1]],
    ["1", "x1y", 26, [1]],
    ["bar foo", "foo bar", 176, [0, 1, 2, 4, 5, 6]],
    ["foo\\ bar", "foo bar", 192, [0, 1, 2, 3, 4, 5, 6]],
    ["naive", "naïve.txt", 140, [0, 1, 2, 3, 4]],
    ["naïve", "naïve.txt", 140, [0, 1, 2, 3, 4]],
    ["main", "src/main.rs", 109, [4, 5, 6, 7]],
    ["Main", "src/Main.java", 109, [4, 5, 6, 7]],
    ["main", "Main.java", 114, [0, 1, 2, 3]],
    ["mrs", "src/main.rs", 76, [4, 9, 10]],
    ["src/ts", "src/deep/app_server.ts", 144, [0, 1, 2, 3, 20, 21]],
    ["app server", "src/deep/app_server.ts", 236, [9, 10, 11, 13, 14, 15, 16, 17, 18]],
    ["secret", ".hidden/secret.txt", 159, [8, 9, 10, 11, 12, 13]],
    ["e.txt", "é.txt", 140, [0, 1, 2, 3, 4]],
    ["e.txt", "sp ace.txt", 112, [5, 6, 7, 8, 9]],
    ["e.txt", ".hidden/secret.txt", 109, [12, 14, 15, 16, 17]],
    ["é", "é.txt", 36, [0]],
    ["/a", "22B/a/b", 41, [3, 4]],
    ["abc", "ab,abaB ,c", 78, [0, 1, 9]],
    [".b", "._Ab:-ÑæBaB", 44, [0, 8]],
    ["Ay", `aBAb${"z".repeat(60)}y${"y".repeat(26)}`, 16, [2, 90]],
    ["A", "Ab ax1", 36, [0]],
    ["a😀", "Ab😀_:", 57, [0, 2]],
    ["ay", "aaB😀yyyæ", 55, [0, 4]],
  ])("%s in %s", (query, path, score, indices) => {
    expect(scored(query, path)).toEqual([score, indices]);
  });

  it.each([
    ["Main", "src/main.rs"],
    ["É", "e.txt"],
    ["é", "e.txt"],
    ["^src", "src/x"],
    [".ts$", "x.ts"],
    ["'main", "main"],
    ["!main", "x"],
    ["ba", "ab"],
    ["a c", "ab"],
    ["", "a"],
    ["  ", "a b"],
  ])("%j does not match %s", (query, path) => {
    expect(scored(query, path)).toBeNull();
  });

  it.each([
    ["ss", "Straße"],
    ["o", "ø"],
    ["N", "Ñ"],
    ["日", "x/日"],
    ["strasse", "StraßsE"],
  ])("%s matches %s", (query, path) => {
    expect(scored(query, path)).not.toBeNull();
  });
});

describe("the order", () => {
  it("is by score, then by the path's bytes", () => {
    const paths = ["src/main.rs", "src/Main.java", "x/m_a_i_n", "src/\uffee/main", "src/😀/main", "main"];
    expect(rank("main", paths).map((match) => match.path)).toEqual([
      "main",
      "src/Main.java",
      "src/main.rs",
      "src/\uffee/main",
      "src/😀/main",
      "x/m_a_i_n",
    ]);
  });

  it("keeps the best of each root, and counts all", () => {
    const ranker = new Ranker([corpusOf("a1", "xa", "xxa"), corpusOf("ya", "a2")]);
    const ranking = ranker.rank("a", 1, () => true);
    expect(ranking?.matches.map((match) => match.path)).toEqual(["a1", "a2"]);
    expect(ranking?.total).toBe(5);
  });

  it("is given up when nobody wants it any more", () => {
    expect(new Ranker([corpusOf("a")]).rank("a", 1, () => false)).toBeNull();
  });
});

const char = fc.constantFrom("a", "b", "A", "B", "é", "ß", "1", "_", "/", " ", ".", "😀", "日");
const text = fc.string({ unit: char, maxLength: 14 });
const query = fc.string({ unit: char, minLength: 1, maxLength: 5 });

describe("for any paths and queries", () => {
  it("the ranking is the sorted list of all scores", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(text, { maxLength: 120 }),
        query,
        fc.integer({ min: 1, max: 8 }),
        (paths, typed, limit) => {
          const all = rank(typed, paths, 1000);
          const best = new Ranker([corpusOf(...paths)]).rank(typed, limit, () => true);
          expect(best?.matches).toEqual(all.slice(0, limit));
          expect(best?.total).toBe(all.length);
          const sorted = all.toSorted(
            (a, b) => b.score - a.score || Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)),
          );
          expect(all).toEqual(sorted);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  it("going on from the query before, or with more paths, gives what a fresh search gives", () => {
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 30 }),
        fc.array(text, { maxLength: 10 }),
        fc.array(query, { maxLength: 4 }),
        (paths, more, typed) => {
          const corpus = corpusOf(...paths);
          const ranker = new Ranker([corpus]);
          let sofar = "";
          for (const part of typed) {
            sofar += part;
            expect(ranker.rank(sofar, 20, () => true)).toEqual(new Ranker([corpus]).rank(sofar, 20, () => true));
          }
          for (const path of more) corpus.add(`\uffff${path}`);
          expect(ranker.rank(sofar, 20, () => true)).toEqual(new Ranker([corpus]).rank(sofar, 20, () => true));
        },
      ),
      { seed: 2, numRuns: 300 },
    );
  });

  it("the matched positions hold the letters, in order within each word", () => {
    fc.assert(
      fc.property(text, query, (path, typed) => {
        const match = scored(typed, path);
        const words = parseQuery(typed).words;
        const characters = [...path];
        const positions = match?.[1] ?? [];
        expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => a - b));
        expect(positions.every((at) => at < characters.length)).toBe(true);
        expect(positions.length).toBeLessThanOrEqual(words.reduce((sum, word) => sum + word.codes.length, 0));
      }),
      { seed: 3, numRuns: 1000 },
    );
  });

  it("a text matches exactly when the letters are there in order", () => {
    const plain = fc.string({ unit: fc.constantFrom("a", "b", "c", "/"), maxLength: 12 });
    fc.assert(
      fc.property(
        plain,
        fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 4 }),
        (path, typed) => {
          let at = 0;
          for (const letter of path) if (letter === typed[at]) at++;
          expect(scored(typed, path) !== null).toBe(at === typed.length);
        },
      ),
      { seed: 4, numRuns: 1000 },
    );
  });

  it("no way to match scores higher than the one that was found", () => {
    const small = fc.string({ unit: fc.constantFrom("a", "b", "A", "/", "1"), minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(small, fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 3 }), (path, typed) => {
        const score = scored(typed, path)?.[0] ?? -1;
        expect(score).toBeGreaterThanOrEqual(bestByTrying(typed, path));
      }),
      { seed: 5, numRuns: 1000 },
    );
  });
});

/** Every way to match without counting what a run passes on, which only adds. */
function bestByTrying(typed: string, path: string): number {
  const bonus = (at: number): number => {
    const before = at === 0 ? " " : (path[at - 1] ?? "");
    const char = path[at] ?? "";
    if (char === "/") return 0;
    if (before === " ") return 10;
    if (before === "/") return 9;
    if (/[a-z]/.test(before) && /[A-Z]/.test(char)) return 5;
    return !/\d/.test(before) && /\d/.test(char) ? 5 : 0;
  };
  const best = (letter: number, from: number, last: number): number => {
    if (letter === typed.length) return 0;
    let found = Number.NEGATIVE_INFINITY;
    for (let at = from; at < path.length; at++) {
      if (path[at]?.toLowerCase() !== typed[letter]) continue;
      const skipped = last < 0 ? 0 : at - last - 1;
      const gap = skipped === 0 ? 0 : 3 + skipped - 1;
      const own = last >= 0 && skipped === 0 ? Math.max(bonus(at), 4) : bonus(at) * (letter === 0 ? 2 : 1);
      found = Math.max(found, 16 + own - gap + best(letter + 1, at + 1, at));
    }
    return found;
  };
  return best(0, 0, -1);
}
