import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commitPlan, nodePatchFiles, parsePatch, PatchParseError, planPatch } from "../src/index.js";
import { applyToModel } from "./model/model.js";
import { randomCase } from "./model/random-case.js";
import { readTree, temporaryTree } from "./temporary-tree.js";

const CASES = process.env["CODEX_TS_NIGHTLY"] ? 100_000 : 2_000;
/** Cases that wait for the disk together. */
const AT_ONCE = 8;

describe("random trees and patches", () => {
  it(
    `planned and committed, ${CASES} of them give what the model gives; refused ones change nothing`,
    async () => {
      const root = temporaryTree();
      let applied = 0;
      for (let seed = 0; seed < CASES; seed += AT_ONCE) {
        const seeds = Array.from({ length: AT_ONCE }, (_, index) => seed + index);
        const outcomes = await Promise.all(seeds.map((each) => compareWithModel(each, join(root, String(each)))));
        applied += outcomes.filter(Boolean).length;
      }
      expect(applied).toBeGreaterThan(CASES / 4);
    },
    CASES * 60,
  );

  it("parse back to the sections that they were made of", () => {
    for (let seed = 0; seed < CASES; seed++) {
      const { sections, patch } = randomCase(seed);
      expect(parsePatch(patch).sections).toEqual(sections);
    }
  });
});

/** Plans and commits a case in a folder of its own; tells whether it was applied. */
async function compareWithModel(seed: number, cwd: string): Promise<boolean> {
  const { tree, sections, patch } = randomCase(seed);
  mkdirSync(cwd);
  for (const [path, text] of tree.files) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  const expected = applyToModel(tree, sections);
  const done = await planPatch(patch, { cwd, files: nodePatchFiles }).then(commitPlan, () => null);
  const files = Object.fromEntries(Object.entries(readTree(cwd)).filter(([path]) => !path.endsWith("/")));
  expect({ seed, applied: done !== null, files }).toEqual({
    seed,
    applied: expected !== null,
    files: Object.fromEntries((expected ?? tree).files),
  });
  rmSync(cwd, { recursive: true });
  return done !== null;
}

describe("any text", () => {
  const piece = fc.constantFrom(
    ..."*** Begin Patch|*** End Patch|*** Add File: f|*** Delete File: f|*** Update File: f|*** Move to: g|@@|@@ x|+a|-a| a||*** End of File|<<EOF|EOF|\r|\t".split(
      "|",
    ),
  );

  it("is a patch or a parse error, never anything else", () => {
    const isParsed = (text: string) => {
      try {
        return parsePatch(text).text.length >= 0;
      } catch (error) {
        return error instanceof PatchParseError && error.forTerminal !== "" && error.forModel !== "";
      }
    };
    const lines = fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }).map((parts) => parts.join("\n"));
    const wrapped = lines.map((body) => `*** Begin Patch\n${body}\n*** End Patch`);
    fc.assert(fc.property(fc.oneof(lines, wrapped, fc.string()), isParsed), { numRuns: 5000, seed: 1 });
  });
});
