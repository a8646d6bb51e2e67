/** Output on its way to the model: kept within limits, decoded, worded. */

import { array, assert, integer, property, string, uint8Array } from "fast-check";
import { describe, expect, it } from "vitest";
import { HeadTailBuffer } from "../../src/execution/head-tail-buffer.js";
import { OutputCapture } from "../../src/execution/output-capture.js";
import { CharacterBorders, decodeOutput } from "../../src/execution/output-text.js";
import { asEventText, asJson, asText } from "../../src/tools/output-format.js";

describe("a buffer with a head and a tail", () => {
  it("keeps everything up to its limit, whatever the pieces", () => {
    assert(
      property(array(uint8Array({ maxLength: 30 })), (chunks) => {
        const buffer = new HeadTailBuffer(100_000);
        for (const chunk of chunks) buffer.append(chunk);
        expect(buffer.bytes()).toEqual(Buffer.concat(chunks));
        expect(buffer.dropped).toBe(0);
      }),
    );
  });

  it("keeps the first and the last bytes beyond it, and counts the others", () => {
    const letters = uint8Array({ min: 0x61, max: 0x7a, maxLength: 70 });
    assert(
      property(array(letters, { minLength: 1 }), integer({ min: 2, max: 60 }), (chunks, limit) => {
        const buffer = new HeadTailBuffer(limit);
        for (const chunk of chunks) buffer.append(chunk);
        const all = Buffer.concat(chunks).toString();
        const half = Math.floor(limit / 2);
        const dropped = Math.max(0, all.length - 2 * half);
        expect(buffer.dropped).toBe(dropped);
        expect(buffer.bytes().toString()).toBe(
          dropped === 0 ? all : `${all.slice(0, half)}\n[... ${dropped} bytes omitted ...]\n${all.slice(-half)}`,
        );
      }),
    );
  });

  it("cuts no character in two", () => {
    const buffer = new HeadTailBuffer(10);
    buffer.append(Buffer.from("aééééééééééb"));
    expect(buffer.bytes().toString()).toBe("aéé\n[... 12 bytes omitted ...]\nééb");
  });

  it("copes with a program that writes byte by byte", () => {
    const buffer = new HeadTailBuffer(1024 * 1024);
    const byte = Buffer.from("x");
    for (let n = 0; n < 1_500_000; n += 1) buffer.append(byte);
    expect(buffer.bytes().length).toBe(1024 * 1024 + "\n[... 451424 bytes omitted ...]\n".length);
  });
});

describe("bytes of a program", () => {
  it.each([
    { what: "UTF-8", bytes: Buffer.from("café 🎉"), text: "café 🎉" },
    { what: "Latin-1", bytes: Buffer.from("caf\xe9 na\xefve", "latin1"), text: "café naïve" },
    { what: "Windows-1252", bytes: Buffer.from([0x93, 0x68, 0x69, 0x94]), text: "“hi”" },
    { what: "UTF-8 with a bad byte", bytes: Buffer.from([0xc3, 0xa9, 0xff]), text: "é\uFFFD" },
    { what: "NUL", bytes: Buffer.from([0x61, 0, 0x62]), text: "a\0b" },
  ])("are read as $what", ({ bytes, text }) => {
    expect(decodeOutput(bytes)).toBe(text);
  });

  it("are told in whole characters, however they come", () => {
    assert(
      property(string({ unit: "grapheme" }), integer({ min: 1, max: 5 }), (text, size) => {
        const bytes = Buffer.from(text);
        const borders = new CharacterBorders();
        let told = "";
        for (let at = 0; at < bytes.length; at += size) {
          const piece = Buffer.from(borders.cut(bytes.subarray(at, at + size))).toString();
          expect(piece).not.toContain("\uFFFD");
          told += piece;
        }
        expect(told + Buffer.from(borders.end()).toString()).toBe(text);
      }),
    );
  });

  it("are told in 10,000 pieces of 8 KiB at the most, and kept all the same", () => {
    const pieces: number[] = [];
    const capture = new OutputCapture((_, piece) => pieces.push(piece.length));
    capture.take("stdout", Buffer.alloc(20_000, "a"));
    expect(pieces).toEqual([8_192, 8_192, 3_616]);
    for (let n = 0; n < 10_100; n += 1) capture.take("stdout", Buffer.from("b"));
    expect(pieces).toHaveLength(10_000);
    expect(capture.end().stdout).toHaveLength(20_000 + 10_100);
  });

  it("of both streams are kept together in the order in which they came", () => {
    const capture = new OutputCapture(() => undefined);
    capture.take("stdout", Buffer.from("1 "));
    capture.take("stderr", Buffer.from("2 "));
    capture.take("stdout", Buffer.from("3"));
    expect(capture.end()).toEqual({ stdout: "1 3", stderr: "2 ", aggregated: "1 2 3" });
  });
});

describe("the words for a command's end", () => {
  const outcome = { output: "hi\n", exitCode: 2, durationMs: 149, timedOut: false };
  const roomy = { mode: "bytes" as const, limit: 10_000 };

  it.each([
    { durationMs: 0, text: "0", json: "0.0" },
    { durationMs: 149, text: "0.1", json: "0.1" },
    { durationMs: 2_960, text: "3", json: "3.0" },
  ])("round $durationMs ms", ({ durationMs, text, json }) => {
    expect(asText({ ...outcome, durationMs }, roomy)).toBe(`Exit code: 2\nWall time: ${text} seconds\nOutput:\nhi\n`);
    expect(asJson({ ...outcome, durationMs }, roomy)).toBe(
      `{"output":"hi\\n","metadata":{"exit_code":2,"duration_seconds":${json}}}`,
    );
  });

  it("begin with the timeout", () => {
    const late = { ...outcome, timedOut: true, durationMs: 1_003, exitCode: 124 };
    expect(asText(late, roomy)).toBe(
      "Exit code: 124\nWall time: 1 seconds\nOutput:\ncommand timed out after 1003 milliseconds\nhi\n",
    );
  });

  it.each([
    { policy: { mode: "tokens" as const, limit: 50 }, gap: "…42174 tokens truncated…" },
    { policy: { mode: "bytes" as const, limit: 200 }, gap: "…168694 chars truncated…" },
  ])("name the number of lines of what was cut ($policy.mode)", ({ policy, gap }) => {
    const output = `${Array.from({ length: 30_000 }, (_, n) => n + 1).join("\n")}\n`;
    const long = { ...outcome, output };
    expect(asText(long, policy)).toContain(`Total output lines: 30000\nOutput:\n1\n2\n`);
    expect(asText(long, policy)).toContain(gap);
    expect(JSON.parse(asJson(long, policy)).output).toMatch(/^Total output lines: 30000\n\n1\n2\n/);
    expect(asEventText(long, policy)).toMatch(/^Total output lines: 30000\n\n1\n2\n/);
  });

  it("do not name the number of lines when only one line was cut", () => {
    const text = asText({ ...outcome, output: "x".repeat(1_000) }, { mode: "bytes", limit: 10 });
    expect(text).toBe(`Exit code: 2\nWall time: 0.1 seconds\nOutput:\nxxxxx…990 chars truncated…xxxxx`);
  });
});
