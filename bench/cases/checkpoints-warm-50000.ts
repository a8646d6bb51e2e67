/** A snapshot of 50,000 files of which three changed, after a first one. Median of 7. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCheckpoints } from "../../packages/checkpoints/src/index.js";

const FILES = 50_000;
const RUNS = 7;

export default {
  name: "checkpoints: warm snapshot of 50,000 files",
  unit: "ms",
  async measure(): Promise<number> {
    const folder = mkdtempSync(join(tmpdir(), "bench-checkpoints-"));
    try {
      const root = join(folder, "work");
      for (let n = 0; n < FILES; n++) {
        const parent = join(root, `d${n % 50}`, `e${Math.floor(n / 50) % 20}`);
        mkdirSync(parent, { recursive: true });
        writeFileSync(join(parent, `f${n}.ts`), `export const x = ${n};\n`.repeat(10 + (n % 60)));
      }
      const checkpoints = openCheckpoints({ codexHome: join(folder, "home"), root });
      const cold = await checkpoints.before({ threadId: "bench", turnId: "cold" }, { waitMs: 300_000 });
      if (cold.kind === "uncovered") throw cold.error;
      const times: number[] = [];
      for (let run = 0; run < RUNS; run++) {
        for (const n of [1, 2, 3]) writeFileSync(join(root, `changed${n}.ts`), `${run}`);
        const start = performance.now();
        await checkpoints.before({ threadId: "bench", turnId: `${run}` }, { waitMs: 300_000 });
        times.push(performance.now() - start);
      }
      return times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN;
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
