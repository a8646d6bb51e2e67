/** Prose for a width: broken between words, and nothing lost. */

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellsOf, cutToWidth, wrapProse } from "../src/human/wrap.js";

describe("wrapProse", () => {
  it.each([
    { what: "a short line", text: "one two", wrapped: "one two" },
    { what: "a long line", text: "one two three four five six", wrapped: "one two three four\nfive six" },
    { what: "two lines", text: "one two three four five\nsix", wrapped: "one two three four\nfive\nsix" },
    { what: "a list item", text: "- one two three four five", wrapped: "- one two three four\n  five" },
    { what: "a numbered item", text: "10. one two three four", wrapped: "10. one two three\n    four" },
    { what: "an indented line", text: "   one two three four five", wrapped: "   one two three\n   four five" },
    {
      what: "a word that is too long",
      text: "a aaaaaaaaaaaaaaaaaaaaaaaaa b",
      wrapped: "a\naaaaaaaaaaaaaaaaaaaaaaaaa\nb",
    },
    { what: "wide characters", text: "日本語日本 語日本語日", wrapped: "日本語日本\n語日本語日" },
    {
      what: "code, which stays as it is",
      text: "```\nconst one = 'two three four five six';\n```\none two three four five",
      wrapped: "```\nconst one = 'two three four five six';\n```\none two three four\nfive",
    },
    { what: "empty lines", text: "\n\none\n", wrapped: "\n\none\n" },
  ])("$what", ({ text, wrapped }) => {
    expect(wrapProse(text, 20)).toBe(wrapped);
  });

  it("leaves lines alone where there is no room for words", () => {
    const text = "one two three four five six seven";
    expect(wrapProse(text, 10)).toBe(text);
  });

  it("keeps every word in its place, and every line that has a choice within the width", () => {
    const word = fc
      .array(fc.constantFrom("a", "z", "9", "é", "日", "😀", "*", "`", "-"), { minLength: 1, maxLength: 12 })
      .map((parts) => parts.join(""));
    const text = fc
      .array(fc.array(word, { maxLength: 20 }), { maxLength: 5 })
      .map((lines) => lines.map((line) => line.join(" ")).join("\n"));
    fc.assert(
      fc.property(text, fc.integer({ min: 20, max: 60 }), (prose, width) => {
        fc.pre(!prose.includes("```"));
        const wrapped = wrapProse(prose, width);
        expect(wrapped.split(/\s+/)).toEqual(prose.split(/\s+/));
        const tooLong = wrapped
          .split("\n")
          .filter((line) => cellsOf(line) > width && line.trim().split(" ").length > 2);
        expect(tooLong).toEqual([]);
      }),
      { numRuns: process.env["CODEX_TS_NIGHTLY"] ? 20_000 : 300 },
    );
  });
});

describe("cells", () => {
  it.each([
    ["abc", 3],
    ["é", 1],
    ["e\u0301", 1],
    ["日本", 4],
    ["😀", 2],
    ["👩‍💻", 2],
    ["…", 1],
  ])("%s takes %i", (text, cells) => {
    expect(cellsOf(text)).toBe(cells);
  });

  it.each([
    ["abc", 3, "abc"],
    ["abcd", 3, "ab…"],
    ["日本語", 4, "日…"],
    ["日本語", 5, "日本…"],
  ])("%s cut to %i is %s", (text, width, cut) => {
    expect(cutToWidth(text, width)).toBe(cut);
  });
});
