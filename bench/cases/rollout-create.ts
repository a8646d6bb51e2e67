/** Begins a session: file, lock and four lines. Median of 50, after one to warm up. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRollout } from "../../packages/rollout/src/index.js";

const RUNS = 50;

export default {
  name: "rollout: create with 4 lines",
  unit: "ms",
  async measure(): Promise<number> {
    const home = mkdtempSync(join(tmpdir(), "bench-create-"));
    const context = {
      type: "message",
      role: "user",
      content: [{ type: "input_text", text: "y".repeat(3_000) }],
    } as const;
    const times: number[] = [];
    for (let n = 0; n <= RUNS; n++) {
      const start = performance.now();
      const writer = createRollout({
        codexHome: home,
        now: () => new Date(),
        report: (problem) => console.error(problem),
        meta: {
          id: `01a1f9d5-c3aa-7c30-9f5d-${String(n).padStart(12, "0")}`,
          timestamp: new Date().toISOString(),
          cwd: process.cwd(),
          originator: "bench",
          cli_version: "0",
          base_instructions: { text: "x".repeat(20_000) },
        },
      });
      writer.append([1, 2, 3].map(() => ({ type: "response_item", payload: context }) as const));
      writer.flush();
      times.push(performance.now() - start);
      await writer.close();
    }
    rmSync(home, { recursive: true });
    return times.slice(1).toSorted((a, b) => a - b)[RUNS / 2] ?? Number.NaN;
  },
};
