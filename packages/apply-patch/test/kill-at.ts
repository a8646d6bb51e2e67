/** Applies a patch in the current folder and kills itself at a given operation: `kill-at.ts OPERATION WHEN PATCH`. */

import "./source-imports.ts";
const { commitPlan, nodePatchFiles, planPatch } = await import("../src/index.js");
const { faultyOperations } = await import("./faulty-operations.js");

const [at = "0", when = "before", patch = ""] = process.argv.slice(2);
const kill = (): never => {
  process.kill(process.pid, "SIGKILL");
  for (;;); // the signal is delivered before the next instruction matters
};
if (when !== "before" && when !== "halfway" && when !== "after") throw new Error(`when? ${when}`);
const { operations } = faultyOperations(Number(at), when, kill);
const plan = await planPatch(patch, { cwd: process.cwd(), files: nodePatchFiles });
await commitPlan(plan, { operations });
