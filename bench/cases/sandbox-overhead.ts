/** What the sandbox adds to one command: a workspace-write `/bin/true` under the strongest backend, less the same run bare. */

import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { probeSandbox, SandboxRefusal, sandboxPlan, spawnSandboxed } from "../../packages/sandbox/src/index.js";
import type { Backends } from "../../packages/sandbox/src/index.js";

const RUNS = 30;

export default {
  name: "sandbox overhead of one command",
  unit: "ms",
  async measure(): Promise<number> {
    const base = mkdtempSync("/var/tmp/codex-bench-");
    try {
      const backends = await probeSandbox({ executable: undefined });
      const [bare, sandboxed]: [number[], number[]] = [[], []];
      for (let run = 0; run < RUNS; run += 1) {
        bare.push(await timeOne(base, backends, { type: "danger-full-access" }));
        sandboxed.push(await timeOne(base, backends, { type: "workspace-write" }));
      }
      return median(sandboxed) - median(bare);
    } finally {
      rmSync(base, { recursive: true, force: true });
    }
  },
};

async function timeOne(
  base: string,
  backends: Backends,
  policy: { type: "danger-full-access" } | { type: "workspace-write" },
): Promise<number> {
  const start = performance.now();
  const codexHome = path.join(base, "home");
  const env = { PATH: "/usr/bin:/bin" };
  const request = { argv: ["/bin/true"], cwd: base, env, policy, policyCwd: base, codexHome, tmpdir: undefined };
  const plan = sandboxPlan(request, backends);
  if (plan instanceof SandboxRefusal) throw plan;
  const command = spawnSandboxed(plan, { codexHome });
  const closed = [command.stdout, command.stderr].map(
    (stream) => new Promise((resolve) => void stream?.resume().once("close", resolve)),
  );
  const outcome = await command.outcome;
  await Promise.all(closed);
  if (outcome.type !== "exited" || outcome.code !== 0) throw new Error(JSON.stringify(outcome));
  return performance.now() - start;
}

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}
