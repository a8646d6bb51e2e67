/** The entry point: what the command line may rely on. */

import { expect, it } from "vitest";
import * as contract from "../src/index.js";

it("exports these names and no others", () => {
  expect(Object.keys(contract).sort()).toEqual(["appServerCommand", "runAppServer"]);
});
