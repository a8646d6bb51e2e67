/** The helpers on the PATH of commands. */

import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { tempHome } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { commandPath, helperFiles } from "../src/command-path.js";

const executable = { executable: "/opt/codex", patchProgram: ["/opt/codex", "--patch"] };
const node = { executable: undefined, patchProgram: ["/usr/bin/node", "/it's/codex.js", "--patch"] };

/** The folder in front of a PATH. */
function firstOf(path: string | undefined): string {
  return path?.split(":")[0] ?? "";
}

describe("helpers on the PATH", () => {
  it("are made when they are first asked for, once, and readable by the user alone", () => {
    using home = tempHome();
    const parent = join(home.codexHome, "tmp", "path");
    const environment = commandPath({
      env: { PATH: "/bin", A: "1" },
      codexHome: home.codexHome,
      program: executable,
      platform: "linux",
      warn: expect.unreachable,
    });
    expect(existsSync(parent)).toBe(false);
    const env = environment();
    expect(env).toEqual({ A: "1", PATH: expect.stringMatching(/codex-arg0\w+:\/bin$/) });
    expect(environment()).toBe(env);
    expect(readdirSync(parent)).toHaveLength(1);
    expect(statSync(parent).mode & 0o777).toBe(0o700);
    const folder = firstOf(env["PATH"]);
    expect(readdirSync(folder).toSorted()).toEqual(["apply_patch", "applypatch", "codex-linux-sandbox"]);
    expect(readlinkSync(join(folder, "apply_patch"))).toBe("/opt/codex");
  });

  it("are the whole PATH where there was none", () => {
    using home = tempHome();
    const { PATH } = commandPath({
      env: {},
      codexHome: home.codexHome,
      program: executable,
      warn: expect.unreachable,
    })();
    expect(PATH).toMatch(/codex-arg0\w+$/);
  });

  it("are left out when they cannot be made, with a word about it", () => {
    using home = tempHome();
    writeFileSync(join(home.codexHome, "tmp"), "");
    const warnings: string[] = [];
    const env = { PATH: "/bin" };
    const made = commandPath({
      env,
      codexHome: home.codexHome,
      program: executable,
      warn: (text) => warnings.push(text),
    })();
    expect(made).toBe(env);
    expect(warnings).toEqual([expect.stringMatching(/^Could not put helpers on the PATH of commands: /)]);
  });

  it("remove what processes left behind that were killed long ago, and nothing else", () => {
    using home = tempHome();
    const parent = join(home.codexHome, "tmp", "path");
    for (const name of ["codex-arg0old", "codex-arg0new", "mine"]) mkdirSync(join(parent, name), { recursive: true });
    for (const name of ["codex-arg0old", "mine"]) utimesSync(join(parent, name), 0, 0);
    commandPath({ env: {}, codexHome: home.codexHome, program: executable, warn: expect.unreachable })();
    expect(readdirSync(parent)).toEqual(expect.arrayContaining(["codex-arg0new", "mine"]));
    expect(readdirSync(parent)).not.toContain("codex-arg0old");
  });

  it("are batch files on Windows", () => {
    expect(helperFiles(executable, "win32")).toEqual([
      ["apply_patch.bat", { script: '@echo off\r\n"/opt/codex" "--codex-run-as-apply-patch" %*\r\n' }],
      ["applypatch.bat", { script: '@echo off\r\n"/opt/codex" "--codex-run-as-apply-patch" %*\r\n' }],
    ]);
  });

  it("are no sandbox helper on other systems than Linux", () => {
    expect(helperFiles(executable, "darwin").map(([name]) => name)).toEqual(["apply_patch", "applypatch"]);
  });

  it("are scripts for a Node bundle, which hand the patch over on stdin however it comes", () => {
    using home = tempHome({ files: { "it's/show": '#!/bin/sh\necho "$1"; cat\n' } });
    const program = {
      executable: undefined,
      patchProgram: ["/bin/sh", join(home.workspace, "it's", "show"), "--patch"],
    };
    const { PATH } = commandPath({
      env: {},
      codexHome: home.codexHome,
      program,
      platform: "linux",
      warn: expect.unreachable,
    })();
    const script = join(firstOf(PATH), "apply_patch");
    expect(execFileSync(script, ["a patch"], { encoding: "utf8" })).toBe("--patch\na patch");
    expect(execFileSync(script, [], { encoding: "utf8", input: "piped" })).toBe("--patch\npiped");
    expect(helperFiles(node, "linux")).toHaveLength(2);
    expect(readFileSync(script, "utf8")).toMatch(/^#!\/bin\/sh\n/);
  });
});
