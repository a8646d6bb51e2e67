/** Lines of a stream, however it is cut into pieces. */

import { array, assert, nat, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { type InputLine, LineSplitter } from "../src/stdio/line-splitter.js";

function split(pieces: readonly Uint8Array[], limit = 1000): InputLine[] {
  const splitter = new LineSplitter(limit);
  const lines = pieces.flatMap((piece) => [...splitter.take(piece)]);
  const last = splitter.end();
  return last === null ? lines : [...lines, last];
}

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe("lines", () => {
  it("are the same however the stream is cut", () => {
    assert(
      property(array(string({ unit: "grapheme" })), array(nat(20)), (texts, cuts) => {
        const clean = texts.map((text) => text.replaceAll("\n", ""));
        const whole = bytes(clean.map((text) => `${text}\n`).join(""));
        const pieces: Uint8Array[] = [];
        let at = 0;
        for (const cut of cuts) {
          pieces.push(whole.subarray(at, at + cut));
          at += cut;
        }
        pieces.push(whole.subarray(at));
        // the decoder passes over a byte order mark
        const expected = clean.map((text) => ({ kind: "text", text: text.replace(/^\uFEFF/, "") }));
        expect(split(pieces)).toEqual(expected);
      }),
    );
  });

  it.each<[string, string[], InputLine[]]>([
    [
      "too long in one piece",
      ["abcdefghij\nx\n"],
      [
        { kind: "tooLong", head: "abcdefghij", bytes: 10 },
        { kind: "text", text: "x" },
      ],
    ],
    [
      "too long in many",
      ["abc", "def", "ghi\nx"],
      [
        { kind: "tooLong", head: "abcdefghi", bytes: 9 },
        { kind: "text", text: "x" },
      ],
    ],
    ["just short enough", ["abcde\n"], [{ kind: "text", text: "abcde" }]],
    ["without an end", ["abc"], [{ kind: "text", text: "abc" }]],
  ])("%s", (_what, pieces, lines) => {
    expect(split(pieces.map(bytes), 5)).toEqual(lines);
  });

  it("keep little of what is too long", () => {
    const splitter = new LineSplitter(10_000);
    const piece = new Uint8Array(100_000).fill(0x61);
    for (let n = 0; n < 50; n++) expect([...splitter.take(piece)]).toEqual([]);
    const [line] = splitter.take(bytes("\n"));
    expect(line).toMatchObject({ kind: "tooLong", bytes: 5_000_000 });
    expect(line?.kind === "tooLong" && line.head.length).toBe(4096);
  });

  it("survive a stream that uses its bytes again", () => {
    const splitter = new LineSplitter();
    const piece = bytes("abc");
    expect([...splitter.take(piece)]).toEqual([]);
    piece.fill(0x78);
    expect([...splitter.take(bytes("\n"))]).toEqual([{ kind: "text", text: "abc" }]);
  });

  it("that are no UTF-8 are told apart", () => {
    expect(split([Buffer.from([0x61, 0xff, 0x0a])])).toEqual([{ kind: "notUtf8", text: "a\uFFFD" }]);
  });
});
