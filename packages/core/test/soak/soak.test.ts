/** A short soak with a fixed seed; `pnpm soak` is the long one. */

import { expect, it } from "vitest";
import { soak } from "./soak.js";

it("holds its invariants over many random turns", { timeout: 120_000 }, async () => {
  const report = await soak({ turns: 60, seed: 42 });
  expect(report.turns).toBe(60);
  expect(Object.keys(report.outcomes).sort()).toEqual(["completed", "failed", "interrupted"]);
});
