import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runProgram } from "./run-program.js";
import { SCENARIOS, setUp } from "./scenarios.js";
import { patchOf } from "./tables/patch-case.js";
import { readTree } from "./temporary-tree.js";

const SCRIPT = join(import.meta.dirname, "kill-at.ts");
const NEXT_PATCH = patchOf("*** Add File: next\n+1\n");
/** Each kill costs a process, so CI tries some; "halfway" through an operation without content is before it. */
const [STEP, MOMENTS] = process.env["CODEX_TS_NIGHTLY"] ? [1, ["before", "halfway", "after"]] : [4, ["halfway"]];

describe.each(SCENARIOS)("$name", (scenario) => {
  it.each(MOMENTS)(
    "killed %s an operation, the next patch finds the old or the new tree and leaves nothing else",
    async (when) => {
      const trees: unknown[] = [];
      for (let at = 0; ; at += STEP) {
        const { cwd, patch, before } = setUp(scenario);
        const run = spawnSync(process.execPath, [SCRIPT, String(at), when, patch], { cwd, encoding: "utf8" });
        if (run.status === 0) break;
        expect(run).toMatchObject({ signal: "SIGKILL", stderr: "" });
        expect((await runProgram(cwd, [NEXT_PATCH])).stderr).toBe("");
        const { next, ...tree } = readTree(cwd);
        expect(next).toBe("1\n");
        expect([before, scenario.after], `operation ${at}`).toContainEqual(tree);
        trees.push(tree);
      }
      expect(trees.length).toBeGreaterThan(2);
    },
    120_000,
  );
});
