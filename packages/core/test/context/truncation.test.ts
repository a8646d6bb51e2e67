/** Long outputs are cut in the middle, on character borders, and say how much is gone. */

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countLines, truncateMiddle, truncateParts, truncateWithLineCount } from "../../src/context/truncation.js";

const numbers = (last: number): string => Array.from({ length: last }, (_, n) => `${n + 1}\n`).join("");

describe("truncateMiddle", () => {
  it("leaves what fits", () => {
    expect(truncateMiddle("short", { mode: "bytes", limit: 5 })).toBe("short");
  });

  it("counts removed tokens, four bytes each (observed)", () => {
    const cut = truncateMiddle(numbers(30_000), { mode: "tokens", limit: 50 });
    expect(cut).toContain("36\n3…42174 tokens truncated…984\n29985\n");
  });

  it("counts removed characters in byte mode", () => {
    expect(truncateMiddle("0123456789", { mode: "bytes", limit: 4 })).toBe("01…6 chars truncated…89");
  });

  it("keeps nothing but the marker without a budget", () => {
    expect(truncateMiddle("abcdef", { mode: "bytes", limit: 0 })).toBe("…6 chars truncated…");
  });

  it("never splits a character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }), fc.nat(300), (text, limit) => {
        const cut = truncateMiddle(text, { mode: "bytes", limit });
        expect(cut.isWellFormed() || !text.isWellFormed()).toBe(true);
        expect(cut).not.toContain("\uFFFD");
        expect(cut === text).toBe(Buffer.byteLength(text) <= limit);
      }),
    );
  });
});

describe("line counts", () => {
  it.each([
    { text: "", lines: 0 },
    { text: "a", lines: 1 },
    { text: "a\n", lines: 1 },
    { text: "a\nb", lines: 2 },
    { text: "\n\n", lines: 2 },
  ])("$text has $lines", ({ text, lines }) => expect(countLines(text)).toBe(lines));

  it("stand before a text that was cut, and only there", () => {
    expect(truncateWithLineCount("a\nb\n", { mode: "bytes", limit: 100 })).toBe("a\nb\n");
    expect(truncateWithLineCount(numbers(100), { mode: "bytes", limit: 10 })).toMatch(
      /^Total output lines: 100\n\n1\n2\n3…/,
    );
  });
});

describe("truncateParts", () => {
  const text = (value: string) => ({ type: "input_text" as const, text: value });
  const image = { type: "input_image" as const, image_url: "data:image/png;base64,AAAA" };

  it("shares one budget among texts, keeps images, and counts what it leaves out", () => {
    const parts = truncateParts([text("12345"), image, text("abcdefgh"), text("later"), image], {
      mode: "bytes",
      limit: 9,
    });
    expect(parts).toEqual([
      text("12345"),
      image,
      text("ab…4 chars truncated…gh"),
      image,
      text("[omitted 1 text items ...]"),
    ]);
  });
});
