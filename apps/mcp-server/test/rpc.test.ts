/** Messages. */

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMessage } from "../src/rpc/message.js";

const runs = process.env["CODEX_TS_NIGHTLY"] === undefined ? 2_000 : 1_000_000;

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
