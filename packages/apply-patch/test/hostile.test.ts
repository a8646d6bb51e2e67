import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nodePatchFiles, parsePatch, PatchParseError, PatchPlanError, planPatch } from "../src/index.js";
import { runProgram } from "./run-program.js";
import { patchOf } from "./tables/patch-case.js";
import { readTree, temporaryTree } from "./temporary-tree.js";

const MEGA = 1_000_000;
const LOOP = "Too many levels of symbolic links (os error 40)";

describe("paths that lead nowhere good", () => {
  it.each([
    {
      name: "a NUL in a path to add",
      sections: "*** Add File: a\0b\n+1\n",
      stderr: "Failed to write file a\0b: file name contained an unexpected NUL byte",
    },
    {
      name: "a NUL in a path to update",
      sections: "*** Update File: a\0b\n-1\n+2\n",
      stderr: "Failed to read file to update a\0b: file name contained an unexpected NUL byte",
    },
    {
      name: "a name that is too long",
      sections: `*** Add File: ${"n".repeat(300)}\n+1\n`,
      stderr: `Failed to write file ${"n".repeat(300)}: File name too long (os error 36)`,
    },
    {
      name: "a device to write",
      sections: "*** Add File: /dev/null\n+1\n",
      stderr: "Failed to write file /dev/null: not a regular file",
    },
    {
      name: "a device to update",
      sections: "*** Update File: /dev/zero\n-1\n+2\n",
      stderr: "Failed to read file to update /dev/zero: not a regular file",
    },
    {
      name: "a device to delete",
      sections: "*** Delete File: /dev/null\n",
      stderr: "Failed to delete file /dev/null: not a regular file",
    },
    {
      name: "a FIFO to update",
      sections: "*** Update File: fifo\n-1\n+2\n",
      stderr: "Failed to read file to update fifo: not a regular file",
    },
    {
      name: "a FIFO to overwrite",
      sections: "*** Add File: fifo\n+1\n",
      stderr: "Failed to write file fifo: not a regular file",
    },
    {
      name: "a FIFO to move onto",
      sections: "*** Update File: f\n*** Move to: fifo\n-a\n+A\n",
      stderr: "Failed to write file fifo: not a regular file",
    },
    {
      name: "a link to a FIFO",
      sections: "*** Update File: tofifo\n-1\n+2\n",
      stderr: "Failed to read file to update tofifo: not a regular file",
    },
    {
      name: "a link to itself to update",
      sections: "*** Update File: loop\n-1\n+2\n",
      stderr: `Failed to read file to update loop: ${LOOP}`,
    },
    {
      name: "a link to itself to overwrite",
      sections: "*** Add File: loop\n+1\n",
      stderr: `Failed to write file loop: ${LOOP}`,
    },
    {
      name: "a link to itself as a folder",
      sections: "*** Add File: loop/n\n+1\n",
      stderr: `Failed to create parent directories for loop/n: ${LOOP}`,
    },
    {
      name: "two links that lead to each other",
      sections: "*** Update File: ping/x\n-1\n+2\n",
      stderr: `Failed to read file to update ping/x: ${LOOP}`,
    },
    {
      name: "a dangling link as a folder",
      sections: "*** Add File: dangling/n\n+1\n",
      stderr: "Failed to create parent directories for dangling/n: No such file or directory (os error 2)",
    },
    {
      name: "a file as a folder",
      sections: "*** Update File: f/x\n-1\n+2\n",
      stderr: "Failed to read file to update f/x: Not a directory (os error 20)",
    },
    {
      name: "a slash behind a file",
      sections: "*** Add File: f/\n+1\n",
      stderr: "Failed to create parent directories for f/: Not a directory (os error 20)",
    },
    {
      name: "the folder itself",
      sections: "*** Add File: .\n+1\n",
      stderr: "Failed to write file .: Is a directory (os error 21)",
    },
    {
      name: "the root",
      sections: "*** Delete File: /\n",
      stderr: "Failed to delete file /: Is a directory (os error 21)",
    },
    {
      name: "nothing but ..",
      sections: `*** Add File: ${"../".repeat(50)}\n+1\n`,
      stderr: `Failed to write file ${"../".repeat(50)}: Is a directory (os error 21)`,
    },
  ])("$name is refused and changes nothing", async ({ sections, stderr }) => {
    const cwd = temporaryTree({ f: "a\n" });
    spawnSync("mkfifo", [join(cwd, "fifo")]);
    for (const [name, target] of [
      ["loop", "loop"],
      ["ping", "pong"],
      ["pong", "ping"],
      ["dangling", "no/where"],
      ["tofifo", "fifo"],
    ] as const) {
      symlinkSync(target, join(cwd, name));
    }
    const before = readTree(cwd);
    expect(await runProgram(cwd, [patchOf(sections)])).toEqual({ exit: 1, stdout: "", stderr: `${stderr}\n` });
    expect(readTree(cwd)).toEqual(before);
  });

  it("a chain of links as long as the system allows is followed, a longer one is not", async () => {
    const cwd = temporaryTree({ l0: "a\n" });
    for (let link = 1; link <= 41; link++) symlinkSync(`l${link - 1}`, join(cwd, `l${link}`));
    expect((await runProgram(cwd, [patchOf("*** Update File: l40\n-a\n+A\n")])).exit).toBe(0);
    expect((await runProgram(cwd, [patchOf("*** Update File: l41\n-A\n+B\n")])).stderr).toContain(LOOP);
  });

  it("a folder that does not exist is made for an added file", async () => {
    const cwd = join(temporaryTree(), "not/there");
    expect((await runProgram(cwd, [patchOf("*** Add File: n\n+1\n")])).stderr).toBe("");
    expect(readTree(cwd)).toEqual({ n: "1\n" });
  });

  it("paths through .. of a folder that does not exist yet end where they read", async () => {
    const cwd = temporaryTree();
    expect((await runProgram(cwd, [patchOf("*** Add File: a/b/../../n\n+1\n")])).stderr).toBe("");
    expect(readTree(cwd)).toEqual({ n: "1\n" });
    expect(existsSync(join(cwd, "a"))).toBe(false);
  });
});

describe("contents that are no text", () => {
  it.each([
    { name: "NULs", before: Buffer.from("\0\na\n\0"), after: Buffer.from("\0\nA\n\0") },
    {
      name: "bytes that are not UTF-8",
      before: Buffer.from("a\n\xff\n", "latin1"),
      after: Buffer.from("A\n\xff\n", "latin1"),
    },
    {
      name: "a byte order mark in the middle",
      before: Buffer.from("x\n\ufeff\na\n"),
      after: Buffer.from("x\n\ufeff\nA\n"),
    },
    { name: "lone carriage returns", before: Buffer.from("\r\r\na\n\r"), after: Buffer.from("\r\r\nA\n\r") },
    {
      name: "a cut-off character at the end",
      before: Buffer.from([0x61, 10, 0xe2, 0x82]),
      after: Buffer.from([0x41, 10, 0xe2, 0x82]),
    },
  ])("$name come through byte for byte", async ({ before, after }) => {
    const cwd = temporaryTree({ f: before });
    expect((await runProgram(cwd, [patchOf("*** Update File: f\n-a\n+A\n")])).stderr).toBe("");
    expect(readTree(cwd, "latin1")).toEqual({ f: after.toString("latin1") });
  });

  it("a Latin-1 file gets Latin-1, and nothing that Latin-1 does not have", async () => {
    const cwd = temporaryTree({ f: Buffer.from("caf\xe9\na\n", "latin1") });
    expect((await runProgram(cwd, [patchOf("*** Update File: f\n café\n-a\n+naïve\n")])).stderr).toBe("");
    expect(readTree(cwd, "latin1")).toEqual({ f: "caf\xe9\nna\xefve\n" });
    expect((await runProgram(cwd, [patchOf("*** Update File: f\n-naïve\n+€\n")])).stderr).toBe(
      "Failed to write file f: the file is not UTF-8, and the new text has characters that its encoding has not\n",
    );
    expect(readTree(cwd, "latin1")).toEqual({ f: "caf\xe9\nna\xefve\n" });
  });

  it("a binary file can be deleted", async () => {
    const cwd = temporaryTree({ f: Buffer.from([0, 255, 254]) });
    const { changes } = await planPatch(patchOf("*** Delete File: f\n"), { cwd, files: nodePatchFiles });
    expect(changes).toEqual({ [`${cwd}/f`]: { type: "delete", content: "\0\xff\xfe" } });
    expect((await runProgram(cwd, [patchOf("*** Delete File: f\n")])).exit).toBe(0);
  });
});

// Each of these takes minutes or for ever when some part of it is not linear; the test's time limit is the assertion.
describe("sizes that must not hang", () => {
  const plan = (cwd: string, sections: string) => planPatch(patchOf(sections), { cwd, files: nodePatchFiles });

  it("a line of 10 MB", async () => {
    const line = "x".repeat(10 * MEGA);
    const cwd = temporaryTree({ f: `${line}\n` });
    await plan(cwd, `*** Update File: f\n-${line}\n+y\n`);
    await expect(plan(cwd, `*** Update File: f\n-${line}z\n+y\n`)).rejects.toThrow(PatchPlanError);
  });

  it("a line of 10 MB of blanks", async () => {
    const blanks = " ".repeat(10 * MEGA);
    const cwd = temporaryTree({ f: `a${blanks}b\n` });
    await expect(plan(cwd, `*** Update File: f\n-x${blanks}y\n+y\n`)).rejects.toThrow(PatchPlanError);
    expect(() => parsePatch(`${blanks}x${blanks}`)).toThrow(PatchParseError);
    expect(() => parsePatch(`<<${blanks}EOF\n\n\n\n`)).toThrow(PatchParseError);
  });

  it("a million equal lines, and a block of half a million that differs at its end", async () => {
    const cwd = temporaryTree({ f: "}\n".repeat(MEGA) });
    const block = "-}\n".repeat(MEGA / 2);
    await plan(cwd, `*** Update File: f\n${block}+x\n`);
    await expect(plan(cwd, `*** Update File: f\n${block}-{\n+x\n`)).rejects.toThrow(PatchPlanError);
  });

  it("a thousand chunks of which none stands as it is written", async () => {
    const lines = Array.from({ length: 100_000 }, (_, line) => `  line ${line}`);
    const cwd = temporaryTree({ f: lines.join("\n") });
    const chunks = Array.from({ length: 1000 }, (_, chunk) => `@@\n-line ${chunk * 100}\n+x\n`).join("");
    expect((await plan(cwd, `*** Update File: f\n${chunks}`)).writes).toHaveLength(1);
  });

  it("a file that is larger than memory should be asked for", async () => {
    const cwd = temporaryTree({ f: "" });
    truncateSync(join(cwd, "f"), 2 ** 40);
    await expect(plan(cwd, "*** Update File: f\n-a\n+A\n")).rejects.toThrow(
      `update ${cwd}/f: the file is larger than 256 MiB`,
    );
  });

  it("a million sections", () => {
    expect(parsePatch(patchOf("*** Delete File: f\n".repeat(MEGA))).sections).toHaveLength(MEGA);
  });

  it("a file rewritten from its first to its last line", async () => {
    const numbered = (text: string) => Array.from({ length: 50_000 }, (_, line) => `${text} ${line}`);
    const cwd = temporaryTree({ f: `${numbered("old").join("\n")}\n` });
    const body = numbered("old").flatMap((line, index) => [`-${line}`, `+new ${index}`]);
    const { changes } = await plan(cwd, `*** Update File: f\n${body.join("\n")}\n`);
    expect(Object.keys(changes)).toHaveLength(1);
  });

  it("folders nested a thousand deep", async () => {
    const cwd = temporaryTree();
    const path = "d/".repeat(1000);
    mkdirSync(join(cwd, path), { recursive: true });
    expect((await runProgram(cwd, [patchOf(`*** Add File: ${path}n\n+1\n`)])).exit).toBe(0);
  });
});
