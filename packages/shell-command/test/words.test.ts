import { spawnSync } from "node:child_process";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoteCommand, quoteWord, splitWords } from "../src/index.js";

const NIGHTLY = process.env["CODEX_TS_NIGHTLY"] !== undefined;

describe("quoting a word", () => {
  it.each([
    ["", "''"],
    ["abc", "abc"],
    ["a+-./:@]_Z9", "a+-./:@]_Z9"],
    ["a b", "'a b'"],
    ["a=b", "'a=b'"],
    ["a,b", "'a,b'"],
    ["*", "'*'"],
    ["~", "'~'"],
    ["é", "'é'"],
    ["a\nb", "'a\nb'"],
    ["{ }", "'{ }'"],
    ["$x", "'$x'"],
    ["COD`EX", "'COD`EX'"],
    ["it's", `"it's"`],
    ["pkg\\src", '"pkg\\\\src"'],
    [`a"b`, `'a"b'`],
    [`a"b'c`, `"a\\"b'c"`],
    ["a^b", "a'^b'"],
    ["^", "'^'"],
    ["^\\[w\\]", `'^'"\\\\[w\\\\]"`],
    ["'$'", `"'"'$'"'"`],
  ])("%j is %s", (word, quoted) => {
    expect(quoteWord(word)).toBe(quoted);
  });
});

describe("splitting words", () => {
  it.each<[string, string[] | null]>([
    ["", []],
    ["  a  b\tc\n", ["a", "b", "c"]],
    [`'a b' "c d"`, ["a b", "c d"]],
    [`a'b'"c"d`, ["abcd"]],
    [`"a\\"b" "a\\b" "\\$\\\`\\\\"`, [`a"b`, "a\\b", "$`\\"]],
    ["a\\ b", ["a b"]],
    ["a\\\nb", ["ab"]],
    ['"a\\\nb"', ["ab"]],
    ["''", [""]],
    ["a && b;c", ["a", "&&", "b;c"]],
    ["a # b\nc", ["a", "c"]],
    ["a#b", ["a#b"]],
    ["'open", null],
    ['"open', null],
    ["a\\", null],
  ])("%j", (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });
});

const word = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."ab '\"\\$`!^\n\t#~*?[]{}()<>|&;=,-%".split("")) }),
  fc.string({ unit: "grapheme" }),
);

describe("what is quoted is read back", () => {
  it("by splitWords", () => {
    fc.assert(
      fc.property(fc.array(word), (argv) => {
        expect(splitWords(quoteCommand(argv))).toEqual(argv);
      }),
      { numRuns: NIGHTLY ? 100_000 : 2_000 },
    );
  });

  it("by bash and sh", () => {
    const argv = fc.array(
      word.map((text) => text.replaceAll("\0", "").toWellFormed()),
      { minLength: 1 },
    );
    const samples = fc.sample(argv, { numRuns: NIGHTLY ? 5_000 : 200, seed: 1 });
    const script = samples.map((sample) => `printf '%s\\0' ${quoteCommand(sample)}; printf '\\0'\n`).join("");
    const expected = samples.map((sample) => `${sample.map((text) => `${text}\0`).join("")}\0`).join("");
    for (const shell of ["bash", "sh"]) {
      const result = spawnSync(shell, [], { input: script, encoding: "utf8", maxBuffer: 1e9 });
      expect(result.stdout).toBe(expected);
    }
  });
});
