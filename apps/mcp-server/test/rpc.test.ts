/** Lines and messages. */

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linesOf, type Line } from "../src/rpc/lines.js";
import { readMessage } from "../src/rpc/message.js";

const runs = process.env["CODEX_TS_NIGHTLY"] === undefined ? 2_000 : 1_000_000;

async function lines(chunks: readonly Uint8Array[], limit?: number): Promise<Line[]> {
  async function* input(): AsyncGenerator<Uint8Array> {
    yield* chunks;
  }
  const all: Line[] = [];
  for await (const line of linesOf(input(), limit)) all.push(line);
  return all;
}

describe("lines", () => {
  it("are the same however the bytes arrive", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: "grapheme", maxLength: 20 }), { maxLength: 6 }),
        fc.array(fc.nat(40), { maxLength: 10 }),
        async (texts, cuts) => {
          const bytes = Buffer.from(texts.join("\n"));
          const pieces: Uint8Array[] = [];
          let from = 0;
          for (const cut of cuts) {
            pieces.push(bytes.subarray(from, from + cut));
            from += cut;
          }
          pieces.push(bytes.subarray(from));
          const wanted = texts
            .join("\n")
            .split("\n")
            .filter((text) => text.trim() !== "");
          expect(await lines(pieces)).toEqual(wanted.map((text) => ({ kind: "text", text })));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("that are too long are counted and not kept", async () => {
    const chunks = ["abc", "defgh\nok", "\n", "0123456789"].map((text) => Buffer.from(text));
    expect(await lines(chunks, 5)).toEqual([
      { kind: "tooLong", bytes: 8 },
      { kind: "text", text: "ok" },
      { kind: "tooLong", bytes: 10 },
    ]);
  });
});

describe("a message", () => {
  it("is something or noise, whatever it is", () => {
    const kinds = ["request", "notification", "response", "errorResponse", "invalid", "noise"];
    const loose = fc.record(
      {
        jsonrpc: fc.anything(),
        id: fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.double(), fc.anything()),
        method: fc.oneof(fc.string(), fc.anything()),
        params: fc.anything(),
        result: fc.anything(),
        error: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      loose.map((value) => {
        try {
          return JSON.stringify(value) ?? "";
        } catch {
          return "{}"; // a bigint or a circle: no JSON
        }
      }),
    );
    fc.assert(
      fc.property(text, (line) => {
        expect(kinds).toContain(readMessage(line).kind);
      }),
      { numRuns: runs },
    );
  });
});
