/** Reads a session file of 50 MB and rebuilds its conversation. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRollout, rebuildHistory } from "../../packages/rollout/src/index.js";

const SIZE = 50_000_000;

function sessionOf(bytes: number): string {
  const time = "2026-11-20T16:41:38.480Z";
  const line = (type: string, payload: object): string => `${JSON.stringify({ timestamp: time, type, payload })}\n`;
  const parts = [line("session_meta", { id: "x", timestamp: time, cwd: "/", originator: "b", cli_version: "0" })];
  for (let size = 0, n = 0; size < bytes; n++) {
    const call = line("response_item", { type: "function_call", name: "shell", arguments: "{}", call_id: `c${n}` });
    const output = "a line of output\n".repeat(20 + (n % 200));
    const result = line("response_item", { type: "function_call_output", call_id: `c${n}`, output });
    parts.push(call, result);
    size += call.length + result.length;
  }
  return parts.join("");
}

export default {
  name: "rollout: read 50 MB and rebuild",
  unit: "ms",
  async measure(): Promise<number> {
    const folder = mkdtempSync(join(tmpdir(), "bench-rollout-"));
    try {
      const path = join(folder, "session.jsonl");
      writeFileSync(path, sessionOf(SIZE));
      const start = performance.now();
      const { items } = await readRollout(path);
      rebuildHistory(items, { truncate: (item) => item, compacted: (history) => [...history] });
      return performance.now() - start;
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
