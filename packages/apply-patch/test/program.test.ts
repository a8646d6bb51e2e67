import { spawnSync } from "node:child_process";
import { chmodSync, linkSync, lstatSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { APPLY_PATCH_FLAG } from "../src/index.js";
import { runProgram } from "./run-program.js";
import { patchOf } from "./tables/patch-case.js";
import { readTree, temporaryTree } from "./temporary-tree.js";

const ADD_N = patchOf("*** Add File: n\n+a\n");
const ADDED = { exit: 0, stdout: "Success. Updated the following files:\nA n\n", stderr: "" };
const NO_END = "Invalid patch: The last line of the patch must be '*** End Patch'";
const NO_BEGIN = "Invalid patch: The first line of the patch must be '*** Begin Patch'";

describe("arguments and stdin", () => {
  it.each([
    { name: "the patch as the only argument", args: [ADD_N], stdin: "" },
    { name: "the patch on stdin", args: [], stdin: ADD_N },
    { name: "the patch after the hidden flag", args: [APPLY_PATCH_FLAG, ADD_N], stdin: "" },
    { name: "more arguments after the hidden flag's patch", args: [APPLY_PATCH_FLAG, ADD_N, "x"], stdin: "" },
  ])("takes $name", async ({ args, stdin }) => {
    const cwd = temporaryTree();
    expect(await runProgram(cwd, args, stdin)).toEqual(ADDED);
    expect(readTree(cwd)).toEqual({ n: "a\n" });
  });

  it.each([
    {
      name: "no argument and an empty stdin",
      args: [],
      exit: 2,
      stderr: "Usage: apply_patch 'PATCH'\n       echo 'PATCH' | apply-patch",
    },
    { name: "a blank stdin", args: [], stdin: "\n", exit: 1, stderr: NO_END },
    { name: "an empty argument", args: [""], exit: 1, stderr: NO_END },
    { name: "two arguments", args: [ADD_N, "x"], exit: 2, stderr: "Error: apply_patch accepts exactly one argument." },
    {
      name: "the hidden flag alone",
      args: [APPLY_PATCH_FLAG],
      exit: 1,
      stderr: "Error: --codex-run-as-apply-patch requires a UTF-8 PATCH argument.",
    },
    { name: "--help, which is no option", args: ["--help"], exit: 1, stderr: NO_BEGIN },
  ])("refuses $name", async ({ args, stdin, exit, stderr }) => {
    const cwd = temporaryTree();
    expect(await runProgram(cwd, args, stdin)).toEqual({ exit, stdout: "", stderr: `${stderr}\n` });
    expect(readTree(cwd)).toEqual({});
  });

  it("takes U+FFFD in an argument for what it is when the process was given it", async () => {
    const cwd = temporaryTree();
    expect((await runProgram(cwd, [patchOf("*** Add File: n\n+\uFFFD\n")])).exit).toBe(0);
    expect(readTree(cwd)).toEqual({ n: "\uFFFD\n" });
  });
});

describe("as a process", () => {
  const bundle = join(import.meta.dirname, "start-program.ts");
  const start = (cwd: string, command: string) =>
    spawnSync("/bin/bash", ["-c", command, "bash", process.execPath, bundle], { cwd, encoding: "utf8" });

  it.each([
    { name: "only argument", before: "", message: "Error: apply_patch requires a UTF-8 PATCH argument." },
    {
      name: "hidden flag's argument",
      before: `${APPLY_PATCH_FLAG} `,
      message: `Error: ${APPLY_PATCH_FLAG} requires a UTF-8 PATCH argument.`,
    },
  ])("refuses bytes that are not UTF-8 as the $name", ({ before, message }) => {
    const cwd = temporaryTree();
    const run = start(cwd, `"$1" "$2" ${before}$'*** Begin Patch\\n*** Add File: n\\n+\\xff\\n*** End Patch'`);
    expect({ status: run.status, stdout: run.stdout, stderr: run.stderr }).toEqual({
      status: 1,
      stdout: "",
      stderr: `${message}\n`,
    });
    expect(readTree(cwd)).toEqual({});
  });

  it("refuses bytes that are not UTF-8 on stdin", () => {
    const run = start(temporaryTree(), `printf '\\xff\\xfe' | "$1" "$2"`);
    expect(run.stderr).toBe("Error: Failed to read PATCH from stdin.\nstream did not contain valid UTF-8\n");
    expect(run.status).toBe(1);
  });

  it("reads stdin and writes to the real streams", () => {
    const cwd = temporaryTree();
    const run = start(cwd, `printf '%s' '${ADD_N}' | "$1" "$2"`);
    expect({ exit: run.status, stdout: run.stdout, stderr: run.stderr }).toEqual(ADDED);
    expect(readTree(cwd)).toEqual({ n: "a\n" });
  });
});

describe("links and permission bits", () => {
  const UPDATE_F = patchOf("*** Update File: f.txt\n@@\n-a\n+A\n");

  it("an update follows a symbolic link", async () => {
    const cwd = temporaryTree({ "f.txt": "a\n" });
    symlinkSync("f.txt", join(cwd, "l"));
    await runProgram(cwd, [patchOf("*** Update File: l\n@@\n-a\n+A\n")]);
    expect(readTree(cwd)).toEqual({ "f.txt": "A\n", l: "-> f.txt" });
  });

  it("a deletion removes a symbolic link and not what it leads to", async () => {
    const cwd = temporaryTree({ "f.txt": "a\n" });
    symlinkSync("f.txt", join(cwd, "l"));
    await runProgram(cwd, [patchOf("*** Delete File: l\n")]);
    expect(readTree(cwd)).toEqual({ "f.txt": "a\n" });
  });

  it("an update keeps the permission bits", async () => {
    const cwd = temporaryTree({ "f.txt": "a\n" });
    chmodSync(join(cwd, "f.txt"), 0o4751);
    await runProgram(cwd, [UPDATE_F]);
    expect(statSync(join(cwd, "f.txt")).mode & 0o7777).toBe(0o4751);
  });

  it("a move takes the permission bits along, also over another file (the original drops them)", async () => {
    const cwd = temporaryTree({ "f.txt": "a\n", "g.txt": "old\n" });
    chmodSync(join(cwd, "f.txt"), 0o755);
    await runProgram(cwd, [patchOf("*** Update File: f.txt\n*** Move to: g.txt\n@@\n-a\n+A\n")]);
    expect(readTree(cwd)).toEqual({ "g.txt": "A\n" });
    expect(statSync(join(cwd, "g.txt")).mode & 0o777).toBe(0o755);
  });

  it("overwriting a file by adding it keeps its permission bits", async () => {
    const cwd = temporaryTree({ "f.txt": "a\n" });
    chmodSync(join(cwd, "f.txt"), 0o640);
    await runProgram(cwd, [patchOf("*** Add File: f.txt\n+b\n")]);
    expect(statSync(join(cwd, "f.txt")).mode & 0o777).toBe(0o640);
  });

  it("an update reaches every name of a hard-linked file", async () => {
    const cwd = temporaryTree({ "f.txt": "a\nlonger\n" });
    linkSync(join(cwd, "f.txt"), join(cwd, "h"));
    const inode = lstatSync(join(cwd, "f.txt")).ino;
    await runProgram(cwd, [patchOf("*** Update File: f.txt\n@@\n-a\n-longer\n+A\n")]);
    expect(readTree(cwd)).toEqual({ "f.txt": "A\n", h: "A\n" });
    expect(lstatSync(join(cwd, "f.txt")).ino).toBe(inode);
  });

  it.each(["./f.txt", "d/../f.txt", "l"])("a move onto the file itself, spelled %s, is an update", async (path) => {
    const cwd = temporaryTree({ "f.txt": "a\n", "d/x": "" });
    symlinkSync("f.txt", join(cwd, "l"));
    expect((await runProgram(cwd, [patchOf(`*** Update File: f.txt\n*** Move to: ${path}\n@@\n-a\n+A\n`)])).exit).toBe(
      0,
    );
    expect(readFileSync(join(cwd, "f.txt"), "utf8")).toBe("A\n");
  });

  it("a move to a hard link of the file writes it and removes the other name", async () => {
    const cwd = temporaryTree({ "f.txt": "a\n" });
    linkSync(join(cwd, "f.txt"), join(cwd, "h"));
    await runProgram(cwd, [patchOf("*** Update File: f.txt\n*** Move to: h\n@@\n-a\n+A\n")]);
    expect(readTree(cwd)).toEqual({ h: "A\n" });
  });

  it("adding to a dangling link creates what it leads to", async () => {
    const cwd = temporaryTree();
    symlinkSync("target", join(cwd, "l"));
    await runProgram(cwd, [patchOf("*** Add File: l\n+a\n")]);
    expect(readTree(cwd)).toEqual({ l: "-> target", target: "a\n" });
  });
});

describe("several sections on one path see each other", () => {
  it.each([
    { name: "add then delete leaves nothing", sections: "*** Add File: n\n+1\n*** Delete File: n\n", after: {} },
    {
      name: "delete then add",
      before: { n: "0\n" },
      sections: "*** Delete File: n\n*** Add File: n\n+1\n",
      after: { n: "1\n" },
    },
    {
      name: "move then update at the new place",
      before: { f: "a\nb\n" },
      sections: "*** Update File: f\n*** Move to: g\n@@\n-a\n+A\n*** Update File: g\n@@\n-b\n+B\n",
      after: { g: "A\nB\n" },
    },
    {
      name: "a file gives way to a folder",
      before: { p: "1\n" },
      sections: "*** Delete File: p\n*** Add File: p/q/r\n+2\n",
      after: { "p/q/r": "2\n" },
    },
    {
      name: "two names swap",
      before: { a: "1\n", b: "2\n" },
      sections:
        "*** Update File: a\n*** Move to: t\n@@\n 1\n*** Update File: b\n*** Move to: a\n@@\n 2\n*** Update File: t\n*** Move to: b\n@@\n 1\n",
      after: { a: "2\n", b: "1\n" },
    },
  ])("$name", async ({ before, sections, after }) => {
    const cwd = temporaryTree(before);
    expect((await runProgram(cwd, [patchOf(sections)])).stderr).toBe("");
    expect(readTree(cwd)).toEqual(after);
  });

  it("a link that is deleted is no longer followed", async () => {
    const cwd = temporaryTree({ "d/x": "1\n" });
    symlinkSync("d", join(cwd, "l"));
    await runProgram(cwd, [patchOf("*** Delete File: l\n*** Add File: l/x\n+2\n")]);
    expect(readTree(cwd)).toEqual({ "d/x": "1\n", "l/x": "2\n" });
  });
});
