/** Live output that watchers cannot keep up with: held, bounded, and told in the end. */

import { describe, expect, it } from "vitest";
import { HeldOutput } from "../../src/execution/sessions/held-output.js";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Watchers that are jammed until told otherwise. */
function watchers() {
  const told: string[] = [];
  let jam: PromiseWithResolvers<void> | null = null;
  const output = new HeldOutput(
    (piece) => told.push(new TextDecoder("utf-8", { fatal: true }).decode(piece)),
    () => jam?.promise ?? null,
  );
  return {
    output,
    told,
    jam: () => (jam = Promise.withResolvers()),
    free: async () => {
      const before = jam;
      jam = null;
      before?.resolve();
      await before?.promise;
    },
  };
}

describe("HeldOutput", () => {
  it("tells at once while the watchers keep up", () => {
    const { output, told } = watchers();
    output.take(bytes("a"));
    output.take(bytes("b"));
    expect(told).toEqual(["a", "b"]);
  });

  it("holds what comes while they do not, and tells it when they can go on, in order", async () => {
    const { output, told, jam, free } = watchers();
    jam();
    output.take(bytes("a"));
    output.take(bytes("b"));
    output.take(bytes("c"));
    expect(told).toEqual(["a"]);
    await free();
    output.take(bytes("d"));
    expect(told).toEqual(["a", "bc", "d"]);
  });

  it("keeps no more than a mebibyte, and marks the gap", async () => {
    const { output, told, jam, free } = watchers();
    jam();
    for (let line = 0; line < 3_000; line += 1) output.take(bytes(`${line} ${"ä".repeat(1_000)}\n`));
    expect(told).toHaveLength(1);
    await free();
    const text = told.join("");
    expect(text.length).toBeLessThan(1_100_000);
    expect(text).toMatch(/\[\.\.\. \d+ bytes omitted \.\.\.\]/);
    expect(text).toMatch(/2999 ä+\n$/);
    expect(told.every((piece) => bytes(piece).length <= 8192 + 3)).toBe(true);
  });

  it("tells everything before the end, jam or not", async () => {
    const { output, told, jam, free } = watchers();
    jam();
    output.take(bytes("a"));
    output.take(bytes("b"));
    output.flush();
    expect(told).toEqual(["a", "b"]);
    await free();
    expect(told).toEqual(["a", "b"]);
  });
});
