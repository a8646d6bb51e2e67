import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SseParser } from "../src/sse/parser.js";

const parse = (chunks: string[]): string[] => {
  const parser = new SseParser();
  const out: string[] = [];
  for (const chunk of chunks) parser.push(chunk, out);
  parser.end(out);
  return out;
};

describe("cutting a stream into events", () => {
  it.each([
    { what: "an event", text: "data: a\n\n", events: ["a"] },
    { what: "no space after the colon", text: "data:a\n\n", events: ["a"] },
    { what: "only one space is dropped", text: "data:  a\n\n", events: [" a"] },
    { what: "the event's name is ignored", text: "event: x\ndata: a\n\nevent: y\ndata: b\n\n", events: ["a", "b"] },
    { what: "several data lines are one event", text: "data: a\ndata: b\n\n", events: ["a\nb"] },
    { what: "comments and unknown fields are ignored", text: ": ping\nid: 1\nretry: 5\ndata: a\n\n", events: ["a"] },
    { what: "an event without data is none", text: "event: x\n\n\n\n", events: [] },
    { what: "CRLF", text: "data: a\r\n\r\ndata: b\r\n\r\n", events: ["a", "b"] },
    { what: "CR", text: "data: a\r\rdata: b\r\r", events: ["a", "b"] },
    { what: "a byte order mark", text: "\uFEFFdata: a\n\n", events: ["a"] },
    { what: "a last event without its blank line", text: "data: a\n\ndata: b", events: ["a", "b"] },
    { what: "a field name alone", text: "data\n\n", events: [""] },
    { what: "a field that only starts like data", text: "database: x\n\n", events: [] },
    { what: "nothing", text: "", events: [] },
  ])("$what", ({ text, events }) => {
    expect(parse([text])).toEqual(events);
  });

  const line = fc.oneof(
    fc.constantFrom("data: a", "data:b", 'data: {"é":"😀"}', "", "", ": comment", "event: x", "data"),
    fc.string({ maxLength: 12 }).map((text) => `data: ${text.replace(/[\r\n]/g, "")}`),
  );
  const stream = fc
    .array(fc.tuple(line, fc.constantFrom("\n", "\n", "\r\n", "\r")), { maxLength: 30 })
    .map((lines) => lines.map(([text, end]) => text + end).join(""));

  it("gives the same events however the text is cut", () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat({ max: 60 }), { maxLength: 20 }), (text, cuts) => {
        const chunks: string[] = [];
        let at = 0;
        for (const cut of cuts) {
          chunks.push(text.slice(at, at + cut));
          at += cut;
        }
        chunks.push(text.slice(at));
        expect(parse(chunks)).toEqual(parse([text]));
      }),
      { numRuns: process.env["CODEX_TS_NIGHTLY"] ? 20_000 : 500 },
    );
  });

  it("looks at each character once, so a long line in many chunks stays cheap", () => {
    const piece = "x".repeat(100);
    const chunks = ["data: ", ...Array.from({ length: 50_000 }, () => piece), "\n\n"];
    const [event] = parse(chunks);
    expect(event).toHaveLength(5_000_000);
  });
});
