import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { commitPlan, nodeFileOperations, nodePatchFiles, PatchCommitError, planPatch } from "../src/index.js";
import { systemError } from "./faulty-operations.js";
import { patchOf } from "./tables/patch-case.js";
import { readTree, temporaryTree } from "./temporary-tree.js";

const plan = (cwd: string, sections: string) => planPatch(patchOf(sections), { cwd, files: nodePatchFiles });

describe("a file that changed since it was planned", () => {
  it.each([
    { name: "written by another program", change: (cwd: string) => writeFileSync(join(cwd, "f"), "b\nc\n") },
    { name: "replaced by another program", change: (cwd: string) => replace(join(cwd, "f"), "x\n") },
    { name: "put where a file is to be added", change: (cwd: string) => writeFileSync(join(cwd, "n"), "mine\n") },
    { name: "gone", change: (cwd: string) => renameSync(join(cwd, "f"), join(cwd, "elsewhere")) },
  ])("is left alone: $name", async ({ change }) => {
    const cwd = temporaryTree({ f: "a\n" });
    const planned = await plan(cwd, "*** Add File: n\n+1\n*** Update File: f\n-a\n+A\n");
    change(cwd);
    const before = readTree(cwd);
    await expect(commitPlan(planned)).rejects.toMatchObject({ failure: "stale", notRestored: [] });
    expect(readTree(cwd)).toEqual(before);
  });
});

function replace(path: string, content: string): void {
  writeFileSync(`${path}.tmp`, content);
  renameSync(`${path}.tmp`, path);
}

describe("errors say which file and why", () => {
  it.each([
    {
      operation: "create" as const,
      match: ".new",
      sections: "*** Add File: n\n+1\n",
      message: "Failed to write file <CWD>/n: No space left on device (os error 28)",
    },
    {
      operation: "rename" as const,
      match: ".new",
      sections: "*** Update File: f\n-a\n+A\n",
      message: "Failed to write file <CWD>/f: No space left on device (os error 28)",
    },
    {
      operation: "rename" as const,
      match: "f",
      sections: "*** Delete File: f\n",
      message: "Failed to delete file <CWD>/f: No space left on device (os error 28)",
    },
    {
      operation: "rename" as const,
      match: "f",
      sections: "*** Update File: f\n*** Move to: g\n-a\n+A\n",
      message: "Failed to remove original <CWD>/f: No space left on device (os error 28)",
    },
    {
      operation: "makeFolder" as const,
      match: "d",
      sections: "*** Add File: d/n\n+1\n",
      message: "Failed to create parent directories for <CWD>/d/n: No space left on device (os error 28)",
    },
  ])("$message", async ({ operation, match, sections, message }) => {
    const cwd = temporaryTree({ f: "a\n" });
    const operations = {
      ...nodeFileOperations,
      [operation]: async (path: string, ...rest: never[]) => {
        if (path.endsWith(match)) throw systemError("ENOSPC");
        return Reflect.apply(nodeFileOperations[operation], null, [path, ...rest]);
      },
    };
    const error: unknown = await commitPlan(await plan(cwd, sections), { operations }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(PatchCommitError);
    expect(error).toMatchObject({ failure: "failed", message: message.replace("<CWD>", cwd), notRestored: [] });
    expect(readTree(cwd)).toEqual({ f: "a\n" });
  });

  it("names what could not be put back, and the next patch puts it back", async () => {
    const cwd = temporaryTree({ f: "a\n", g: "b\n" });
    let failing = false;
    const operations = {
      ...nodeFileOperations,
      rename: async (from: string, to: string) => {
        failing ||= to.endsWith("/g");
        if (failing) throw systemError("EIO");
        return nodeFileOperations.rename(from, to);
      },
    };
    const planned = await plan(cwd, "*** Update File: f\n-a\n+A\n*** Update File: g\n-b\n+B\n");
    const error: unknown = await commitPlan(planned, { operations }).catch((e: unknown) => e);
    expect(error).toMatchObject({ notRestored: [`${cwd}/f`] });
    expect(error instanceof PatchCommitError && error.forTerminal).toContain(`could not be put back`);
    await commitPlan(await plan(cwd, "*** Add File: next\n+1\n"));
    expect(readTree(cwd)).toEqual({ f: "a\n", g: "b\n", next: "1\n" });
  });
});

describe("file systems without hard links", () => {
  it("replaces, creates and removes all the same, or nothing", async () => {
    const cwd = temporaryTree({ f: "a\n", d: "1\n" });
    const sections = "*** Update File: f\n-a\n+A\n*** Add File: x/n\n+1\n*** Delete File: d\n";
    const link = () => Promise.reject(systemError("EPERM"));
    const rename = (from: string, to: string) =>
      to.endsWith("/n") ? Promise.reject(systemError("EIO")) : nodeFileOperations.rename(from, to);
    await expect(
      commitPlan(await plan(cwd, sections), { operations: { ...nodeFileOperations, link, rename } }),
    ).rejects.toThrow(PatchCommitError);
    expect(readTree(cwd)).toEqual({ f: "a\n", d: "1\n" });
    await commitPlan(await plan(cwd, sections), { operations: { ...nodeFileOperations, link } });
    expect(readTree(cwd)).toEqual({ f: "A\n", "x/n": "1\n" });
  });
});

describe("folders that cannot be written", () => {
  const asNobody = (cwd: string, patch: string) =>
    spawnSync(
      "setpriv",
      [
        "--reuid=65534",
        "--regid=65534",
        "--clear-groups",
        process.execPath,
        join(import.meta.dirname, "start-program.ts"),
        patch,
      ],
      { cwd, encoding: "utf8" },
    );
  const canBecomeNobody = process.getuid?.() === 0 && asNobody("/", "x").status === 1;

  it.skipIf(!canBecomeNobody)("a writable file in a read-only folder is written in place", () => {
    const cwd = temporaryTree({ f: "a\nb\n" });
    chmodSync(cwd, 0o755);
    chmodSync(join(cwd, "f"), 0o666);
    const run = asNobody(cwd, patchOf("*** Update File: f\n-a\n-b\n+A\n"));
    expect({ stdout: run.stdout, stderr: run.stderr }).toEqual({
      stdout: "Success. Updated the following files:\nM f\n",
      stderr: "",
    });
    expect(readTree(cwd)).toEqual({ f: "A\n" });
    expect(statSync(join(cwd, "f")).uid).toBe(0);
  });

  it.skipIf(!canBecomeNobody)("a read-only folder refuses a new file, and the whole patch with it", () => {
    const cwd = temporaryTree({ f: "a\n", "sub/k": "" });
    chmodSync(cwd, 0o777);
    chmodSync(join(cwd, "f"), 0o666);
    chmodSync(join(cwd, "sub"), 0o755);
    const run = asNobody(cwd, patchOf("*** Update File: f\n-a\n+A\n*** Add File: sub/n\n+1\n"));
    expect(run.stderr).toBe("Failed to write file sub/n: Permission denied (os error 13)\n");
    expect(readTree(cwd)).toEqual({ f: "a\n", "sub/k": "" });
  });

  it.skipIf(!canBecomeNobody)("another user's file in a shared folder keeps its owner", () => {
    const cwd = temporaryTree({ f: "a\n" });
    chmodSync(cwd, 0o777);
    chmodSync(join(cwd, "f"), 0o666);
    expect(asNobody(cwd, patchOf("*** Update File: f\n-a\n+A\n")).stderr).toBe("");
    expect(readTree(cwd)).toEqual({ f: "A\n" });
    expect(statSync(join(cwd, "f")).uid).toBe(0);
  });
});

describe("a full disk", () => {
  const disk = temporaryMount();
  afterAll(() => {
    if (disk !== null) spawnSync("umount", [disk]);
  });

  it.skipIf(disk === null)("leaves the old tree", async () => {
    const cwd = join(disk ?? "", "work");
    mkdirSync(cwd);
    writeFileSync(join(cwd, "f"), "a\n");
    writeFileSync(join(cwd, "g"), "b\n");
    const big = `+${"x".repeat(4000)}\n`.repeat(200);
    const planned = await plan(cwd, `*** Update File: f\n-a\n+A\n*** Delete File: g\n*** Add File: x/n\n${big}`);
    await expect(commitPlan(planned)).rejects.toThrow(
      `Failed to write file ${cwd}/x/n: No space left on device (os error 28)`,
    );
    expect(readTree(cwd)).toEqual({ f: "a\n", g: "b\n" });
    await commitPlan(await plan(cwd, "*** Update File: f\n-a\n+A\n"));
    expect(readFileSync(join(cwd, "f"), "utf8")).toBe("A\n");
  });
});

/** A file system of 256 KiB, or null where none can be mounted. */
function temporaryMount(): string | null {
  const folder = spawnSync("mktemp", ["-d"], { encoding: "utf8" }).stdout.trim();
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder]);
  return mounted.status === 0 ? folder : null;
}

it("aborting before the start changes nothing", async () => {
  const cwd = temporaryTree({ f: "a\n" });
  const planned = await plan(cwd, "*** Update File: f\n-a\n+A\n");
  await expect(commitPlan(planned, { signal: AbortSignal.abort(new Error("stop")) })).rejects.toThrow("stop");
  expect(readTree(cwd)).toEqual({ f: "a\n" });
});

it("a link replaced by a file of the same name is not written through", async () => {
  const cwd = temporaryTree({ f: "a\n" });
  symlinkSync("f", join(cwd, "l"));
  await commitPlan(await plan(cwd, "*** Delete File: l\n*** Add File: l\n+1\n"));
  expect(readTree(cwd)).toEqual({ f: "a\n", l: "1\n" });
});
