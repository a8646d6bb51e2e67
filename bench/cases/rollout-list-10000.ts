/** The first page of 10,000 sessions, the slower of the two orders, without an index. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listRollouts } from "../../packages/rollout/src/index.js";

const SESSIONS = 10_000;
const MINUTES_APART = 50;

function writeSessions(home: string): void {
  for (let n = 0; n < SESSIONS; n++) {
    const time = new Date(Date.UTC(2026, 0, 1) + n * MINUTES_APART * 60_000);
    const millis = time.getTime().toString(16).padStart(12, "0");
    const id = `${millis.slice(0, 8)}-${millis.slice(8)}-7000-8000-${String(n).padStart(12, "0")}`;
    const stamp = time.toISOString().slice(0, 19).replaceAll(":", "-");
    const folder = join(home, "sessions", stamp.slice(0, 4), stamp.slice(5, 7), stamp.slice(8, 10));
    const line = (type: string, payload: object): string =>
      `${JSON.stringify({ timestamp: time.toISOString(), type, payload })}\n`;
    const meta = { id, timestamp: time.toISOString(), cwd: "/p", originator: "b", cli_version: "0", source: "cli" };
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, `rollout-${stamp}-${id}.jsonl`),
      line("session_meta", { ...meta, base_instructions: { text: "b".repeat(15_000) } }) +
        line("event_msg", { type: "user_message", message: `task ${n}` }),
    );
  }
}

export default {
  name: "rollout: first page of 10,000 sessions",
  unit: "ms",
  async measure(): Promise<number> {
    const home = mkdtempSync(join(tmpdir(), "bench-list-"));
    try {
      writeSessions(home);
      const times: number[] = [];
      for (const sort of ["created_at", "updated_at"] as const) {
        const start = performance.now();
        await listRollouts({ codexHome: home, pageSize: 25, sort });
        times.push(performance.now() - start);
      }
      return Math.max(...times);
    } finally {
      rmSync(home, { recursive: true });
    }
  },
};
