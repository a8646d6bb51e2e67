import { describe, expect, it } from "vitest";
import { commitPlan, nodePatchFiles, planPatch, recoverInterrupted } from "../src/index.js";
import { type Break, faultyOperations, systemError } from "./faulty-operations.js";
import { ownFiles, SCENARIOS, setUp, userTree } from "./scenarios.js";
import { readTree } from "./temporary-tree.js";

const BREAKS: readonly Break[] = ["before", "halfway", "after"];
/** EACCES has ways of its own: files are then written in place. */
const CODES = process.env["CODEX_TS_NIGHTLY"] ? ["EIO", "EACCES", "ENOSPC", "EPERM", "EXDEV"] : ["EIO", "EACCES"];

describe.each(SCENARIOS)("$name", (scenario) => {
  describe.each(BREAKS)("when an operation fails %s", (when) => {
    it.each(CODES)("with %s, the tree is old or new, and clean after the next patch", async (code) => {
      const seen = new Set<string>();
      for (let at = 0; ; at++) {
        const { cwd, patch, before } = setUp(scenario);
        const plan = await planPatch(patch, { cwd, files: nodePatchFiles });
        const { operations, broken } = faultyOperations(at, when, () => {
          throw systemError(code);
        });
        const applied = await commitPlan(plan, { operations }).then(
          () => true,
          () => false,
        );
        const name = broken();
        if (name === null) break;
        seen.add(name);
        expect(userTree(cwd), `operation ${at}, ${name}`).toEqual(applied ? scenario.after : before);
        await recoverInterrupted(cwd);
        expect(readTree(cwd), `operation ${at}, ${name}, after the next patch`).toEqual(
          applied ? scenario.after : before,
        );
      }
      expect([...seen]).toEqual(expect.arrayContaining(["inspect", "create", "append", "remove"]));
    });
  });

  it("leaves nothing of its own behind", async () => {
    const { cwd, patch } = setUp(scenario);
    const outcome = await commitPlan(await planPatch(patch, { cwd, files: nodePatchFiles }));
    expect(outcome.leftBehind).toEqual([]);
    expect(readTree(cwd)).toEqual(scenario.after);
    expect(ownFiles(cwd)).toEqual([]);
  });

  it("is undone when it is aborted at any operation before the end", async () => {
    const outcomes = new Set<string>();
    for (let at = 0; ; at++) {
      const { cwd, patch, before } = setUp(scenario);
      const plan = await planPatch(patch, { cwd, files: nodePatchFiles });
      const controller = new AbortController();
      const { operations, broken } = faultyOperations(at, "before", () => {
        controller.abort(new Error("stop"));
        throw systemError("EINTR");
      });
      const error: unknown = await commitPlan(plan, { operations, signal: controller.signal }).catch((e: unknown) => e);
      if (broken() === null) break;
      outcomes.add(error instanceof Error ? "undone" : "applied");
      expect(userTree(cwd)).toEqual(error instanceof Error ? before : scenario.after);
    }
    expect(outcomes).toContain("undone");
  });
});
