import { expect, it } from "vitest";
import * as contract from "../src/index.js";

it("has an entry point that loads", () => {
  expect(contract).toBeTypeOf("object");
});
