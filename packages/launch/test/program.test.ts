/** The process as programs see it, and the dotenv file that changes its environment. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempHome } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { cliOverrides, globalOptions, loadDotenv, parseArguments, processProgram } from "../src/index.js";
import { tool } from "./sample-command.js";

describe("the dotenv file", () => {
  it("wins over what is set, except for what would change the program itself", () => {
    using home = tempHome();
    writeFileSync(
      join(home.codexHome, ".env"),
      "A=new\nexport B='two words'\nCODEX_HOME=/x\ncodex_api_key=k\nBUN_OPTIONS=--eval\nNODE_OPTIONS=-r x\nLD_PRELOAD=/x.so\nLD_AUDIT=/x.so\n",
    );
    const env: Record<string, string | undefined> = { A: "old", CODEX_HOME: home.codexHome };
    loadDotenv(home.codexHome, env);
    expect(env).toEqual({ A: "new", B: "two words", CODEX_HOME: home.codexHome });
  });

  it("need not be there", () => {
    using home = tempHome();
    const env = { A: "1" };
    loadDotenv(home.codexHome, env);
    expect(env).toEqual({ A: "1" });
  });
});

describe("the process", () => {
  const self = { executable: undefined, patchProgram: [] };

  it("tells signals with the exit code that goes with each, until nobody listens any more", () => {
    const heard: [string, number][] = [];
    const stop = processProgram({}, self).onSignals((signal, code) => heard.push([signal, code]));
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.emit(signal);
    stop();
    expect(heard).toEqual([
      ["SIGINT", 130],
      ["SIGTERM", 143],
      ["SIGHUP", 129],
    ]);
    expect(process.listenerCount("SIGHUP")).toBe(0);
  });

  it.each([
    [undefined, ["error"]],
    ["warn", ["error", "warn"]],
    ["INFO", ["error", "warn", "info"]],
    ["codex_core=debug,debug", ["error", "warn", "info", "debug"]],
    ["off", []],
  ])("logs with RUST_LOG %s the levels %j", (setting, levels) => {
    const written: string[] = [];
    const { log } = processProgram({ RUST_LOG: setting }, self, (_fd, text) => written.push(text));
    for (const level of ["error", "warn", "info", "debug"] as const) log(level, "text");
    expect(written.map((line) => line.split(" ")[1]?.toLowerCase())).toEqual(levels);
  });
});

it("overrides of a subcommand come after those of the root", () => {
  const root = { ...tool, options: [...globalOptions] };
  const result = parseArguments(root, [
    "-c",
    "model=root",
    "--disable",
    "a",
    "run",
    "-c",
    "model=sub",
    "--enable",
    "b",
    "x",
  ]);
  if (result.kind !== "run") throw new Error(result.kind);
  expect(cliOverrides(result.line)).toEqual({
    cli: ["model=root", "model=sub"],
    features: { enable: ["b"], disable: ["a"] },
  });
});
