import { describe, expect, it } from "vitest";
import { commitPlan, nodePatchFiles, planPatch } from "../src/index.js";
import { runProgram } from "./run-program.js";
import { ENVELOPE_CASES } from "./tables/envelope.js";
import { MATCHING_CASES } from "./tables/matching.js";
import type { PatchCase } from "./tables/patch-case.js";
import { SECTION_CASES } from "./tables/sections.js";
import { UPDATE_CASES } from "./tables/updates.js";
import { readTree, temporaryTree } from "./temporary-tree.js";

const CASES = [...SECTION_CASES, ...MATCHING_CASES, ...UPDATE_CASES, ...ENVELOPE_CASES];

describe("the program prints, returns and leaves what the table says", () => {
  it.each(CASES)("$name", async (row) => {
    const { cwd, patch, expected } = prepare(row);
    const run = await runProgram(cwd, [patch]);
    const text = row.text.replaceAll("<CWD>", cwd);
    expect(run).toEqual(
      row.exit === 0
        ? { exit: 0, stdout: `Success. Updated the following files:\n${text}\n`, stderr: "" }
        : { exit: 1, stdout: "", stderr: `${text}\n` },
    );
    expect(readTree(cwd)).toEqual(expected);
  });
});

describe("a plan and its commit leave the same files", () => {
  it.each(CASES.filter((row) => row.exit === 0))("$name", async (row) => {
    const { cwd, patch, expected } = prepare(row);
    const plan = await planPatch(patch, { cwd, files: nodePatchFiles });
    expect(readTree(cwd)).toEqual(row.before ?? {});
    const outcome = await commitPlan(plan);
    expect(outcome.summary).toBe(`Success. Updated the following files:\n${row.text.replaceAll("<CWD>", cwd)}\n`);
    expect(readTree(cwd)).toEqual(expected);
  });
});

function prepare(row: PatchCase) {
  const cwd = temporaryTree(row.before);
  return {
    cwd,
    patch: row.patch.replaceAll("<CWD>", cwd),
    expected: row.after === "unchanged" ? (row.before ?? {}) : row.after,
  };
}
