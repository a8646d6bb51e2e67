import { describe, expect, it } from "vitest";
import { loadShellAnalysis } from "../src/index.js";
import { ARGVS, SCRIPTS } from "./command-actions.table.js";

const { commandActions } = await loadShellAnalysis();

describe("the actions of a script in bash -lc", () => {
  it.each(SCRIPTS)("%s", (script, actions) => {
    expect(commandActions(["bash", "-lc", script])).toEqual(actions);
  });
});

describe("the actions of an argv", () => {
  it.each(ARGVS)("%j", (argv, actions) => {
    expect(commandActions(argv)).toEqual(actions);
  });
});
