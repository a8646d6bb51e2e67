import { assert, property, uint8Array } from "fast-check";
import { expect, it } from "vitest";
import { base64Of } from "../src/index.js";

it("writes any bytes as every other program does", () => {
  assert(
    property(uint8Array({ maxLength: 100_000 }), (bytes) => {
      expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString("base64"));
    }),
    { numRuns: 50 },
  );
});
