/** The entry point: what other packages may rely on. */

import { expect, it } from "vitest";
import * as contract from "../src/index.js";

it("exports these names and no others", () => {
  expect(Object.keys(contract).sort()).toEqual([
    "APPLY_PATCH_FLAG",
    "PatchCommitError",
    "PatchParseError",
    "PatchPlanError",
    "commitPlan",
    "gitFileDiff",
    "nodeFileOperations",
    "nodePatchFiles",
    "parsePatch",
    "planPatch",
    "recogniseApplyPatch",
    "recoverInterrupted",
    "runApplyPatch",
    "unifiedDiff",
  ]);
});
