/** The entry points: what other packages may rely on. */

import { expect, it } from "vitest";
import * as contract from "../src/index.js";
import * as helper from "../src/linux/helper-entry.js";

it("exports these names and no others", () => {
  expect(Object.keys(contract).sort()).toEqual([
    "PolicyError",
    "SandboxRefusal",
    "cleanEnvironment",
    "isWritable",
    "looksDenied",
    "networkIsOff",
    "parsePolicy",
    "preparePlan",
    "probeSandbox",
    "runInSandbox",
    "runSandboxCommand",
    "sandboxPlan",
    "spawnSandboxed",
    "writableRoots",
  ]);
  expect(Object.keys(helper).sort()).toEqual(["HELPER_NAME", "runSandboxHelper"]);
});
