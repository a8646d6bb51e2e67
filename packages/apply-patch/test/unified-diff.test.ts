import * as fc from "fast-check";
import { applyPatch } from "diff";
import { describe, expect, it } from "vitest";
import { unifiedDiff } from "../src/index.js";

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}\n`).join("");

describe("a unified diff", () => {
  it.each([
    { name: "is empty for equal texts", before: "a\n", after: "a\n", diff: "" },
    { name: "leaves out the count of a single line", before: "a\n", after: "b\n", diff: "@@ -1 +1 @@\n-a\n+b\n" },
    {
      name: "has the context asked for",
      before: "a\nb\nc\nd\n",
      after: "a\nb\nC\nd\n",
      diff: "@@ -2,3 +2,3 @@\n b\n-c\n+C\n d\n",
    },
    { name: "names the line before an empty range", before: "", after: "a\nb\n", diff: "@@ -0,0 +1,2 @@\n+a\n+b\n" },
    { name: "shows a text that was emptied", before: "a\n", after: "", diff: "@@ -1 +0,0 @@\n-a\n" },
    {
      name: "marks a missing line feed",
      before: "a\nb",
      after: "a\nB",
      diff: "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+B\n\\ No newline at end of file\n",
    },
    {
      name: "shows a line feed that was added",
      before: "a",
      after: "a\n",
      diff: "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n",
    },
    {
      name: "keeps carriage returns",
      before: "a\r\nb\r\n",
      after: "a\r\nB\r\n",
      diff: "@@ -1,2 +1,2 @@\n a\r\n-b\r\n+B\r\n",
    },
    {
      name: "joins changes whose context meets",
      before: "a\nb\nc\n",
      after: "A\nb\nC\n",
      diff: "@@ -1,3 +1,3 @@\n-a\n+A\n b\n-c\n+C\n",
    },
    {
      name: "splits changes that are apart",
      before: "a\n1\n2\n3\nc\n",
      after: "A\n1\n2\n3\nC\n",
      diff: "@@ -1,2 +1,2 @@\n-a\n+A\n 1\n@@ -4,2 +4,2 @@\n 3\n-c\n+C\n",
    },
    {
      name: "keeps what is common within a change",
      before: "x\ny\n",
      after: "y\nz\n",
      diff: "@@ -1,2 +1,2 @@\n-x\n y\n+z\n",
    },
  ])("$name", async ({ before, after, diff }) => {
    expect(await unifiedDiff(before, after, { context: 1 })).toBe(diff);
  });

  it("counts lines right far down in a big text", async () => {
    const before = numbered(100_000);
    const after = before.replace("line 70000\n", "changed\n");
    expect(await unifiedDiff(before, after, { context: 1 })).toBe(
      "@@ -70000,3 +70000,3 @@\n line 69999\n-line 70000\n+changed\n line 70001\n",
    );
  });

  it("shows texts as replaced whole when the shortest diff would take too long", async () => {
    const before = Array.from({ length: 60_000 }, (_, index) => `${(index * 7919) % 60_013}\n`).join("");
    const after = Array.from({ length: 60_000 }, (_, index) => `${(index * 104_729) % 60_013}\n`).join("");
    const diff = await unifiedDiff(before, after, { context: 1 });
    expect(applyPatch(before, `--- a\n+++ b\n${diff}`)).toBe(after);
  });

  it("leads from the old text to the new one", async () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "", "c\r", "é"), { maxLength: 12 })
      .chain((lines) => fc.boolean().map((ends) => lines.join("\n") + (ends && lines.length > 0 ? "\n" : "")));
    const check = fc.asyncProperty(text, text, fc.nat({ max: 3 }), async (before, after, context) => {
      const diff = await unifiedDiff(before, after, { context });
      expect(diff === "").toBe(before === after);
      expect(applyPatch(before, `--- a\n+++ b\n${diff}`, { autoConvertLineEndings: false })).toBe(after);
    });
    await fc.assert(check, { numRuns: 1000, seed: 1 });
  });
});
