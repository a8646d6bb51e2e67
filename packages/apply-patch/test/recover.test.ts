import { spawn } from "node:child_process";
import { existsSync, linkSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commitPlan, nodeFileOperations, nodePatchFiles, planPatch, recoverInterrupted } from "../src/index.js";
import { thisProcess } from "../src/commit/owner.js";
import { patchOf } from "./tables/patch-case.js";
import { readTree, temporaryTree } from "./temporary-tree.js";

const JOURNAL = ".codex-patch.journal";
const DEAD = { pid: 2 ** 22 + 1, started: "1", namespace: thisProcess().namespace };

interface PlantedStep {
  kind: string;
  target: string;
  fresh: string;
  old: string;
}

/** A journal as a killed commit leaves it, or as somebody plants it. */
function plant(
  cwd: string,
  steps: readonly PlantedStep[],
  extra: { folders?: string[]; prepared?: object[]; owner?: object } = {},
) {
  const { folders = [], prepared = [], owner = DEAD } = extra;
  const first = { version: 1, id: "abc", begun: 0, owner, folders, steps };
  const lines = [first, ...(prepared.length > 0 ? [{ prepared }] : [])];
  writeFileSync(join(cwd, JOURNAL), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

const own = (folder: string, index = 0) => ({
  fresh: join(folder, `.codex-patch-abc-${index}.new`),
  old: join(folder, `.codex-patch-abc-${index}.old`),
});

function identityOf(path: string): string {
  const stats = lstatSync(path, { bigint: true });
  return `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeNs}`;
}

describe("a journal that somebody planted", () => {
  it("removes no file outside its folder", async () => {
    const outside = temporaryTree({ victim: "v\n" });
    const cwd = temporaryTree();
    const target = join(outside, "victim");
    const names = own(cwd);
    linkSync(target, names.fresh);
    plant(cwd, [{ kind: "create", target, ...names }], { prepared: [{ way: "swap", identity: identityOf(target) }] });
    await recoverInterrupted(cwd);
    expect(readTree(outside)).toEqual({ victim: "v\n" });
  });

  it("puts no file into a folder in which its author could not write", async () => {
    const outside = temporaryTree();
    const cwd = temporaryTree({ ".codex-patch-abc-0.old": "evil\n" });
    plant(cwd, [{ kind: "remove", target: join(outside, "x"), ...own(cwd) }]);
    await recoverInterrupted(cwd);
    expect(readTree(outside)).toEqual({});
  });

  it.each([".git", ".codex", ".GIT", ".git/hooks/pre-commit", ".codex/config.toml"])("never makes %s", async (name) => {
    const cwd = temporaryTree({ ".codex-patch-abc-0.old": "evil\n" });
    plant(cwd, [{ kind: "remove", target: join(cwd, name), ...own(cwd) }]);
    await recoverInterrupted(cwd);
    expect(existsSync(join(cwd, name))).toBe(false);
  });

  it.each(["../out", "a/../../out"])("does not leave its folder by %s", async (name) => {
    const parent = temporaryTree({ "work/.codex-patch-abc-0.old": "evil\n" });
    const cwd = join(parent, "work");
    plant(cwd, [{ kind: "remove", target: `${cwd}/${name}`, ...own(cwd) }]);
    await recoverInterrupted(cwd);
    expect(existsSync(join(parent, "out"))).toBe(false);
  });

  it("moves only files that bear its commit's name", async () => {
    const cwd = temporaryTree({ secret: "s\n" });
    plant(cwd, [{ kind: "remove", target: join(cwd, "t"), fresh: own(cwd).fresh, old: join(cwd, "secret") }]);
    await recoverInterrupted(cwd);
    expect(readTree(cwd)).toEqual({ secret: "s\n" });
  });

  it("removes empty folders only below its own, and none of Git's", async () => {
    const outside = temporaryTree();
    const cwd = temporaryTree();
    mkdirSync(join(outside, "empty"));
    mkdirSync(join(cwd, ".git/refs"), { recursive: true });
    plant(cwd, [], { folders: [join(outside, "empty"), join(cwd, ".git/refs")] });
    await recoverInterrupted(cwd);
    expect(existsSync(join(outside, "empty"))).toBe(true);
    expect(existsSync(join(cwd, ".git/refs"))).toBe(true);
  });

  it.each(["", "{", "null\n", "[]\n", '{"version":2}\n', '{"version":1,"id":"x","steps":[{}]}\n', "\0\0\0"])(
    "that is no journal (%j) is removed and stops nothing",
    async (content) => {
      const cwd = temporaryTree({ f: "a\n", [JOURNAL]: content });
      await recoverInterrupted(cwd);
      expect(readTree(cwd)).toEqual({ f: "a\n" });
    },
  );
});

describe("a journal's name that is something else", () => {
  it("a link is removed and not followed", async () => {
    const outside = temporaryTree({ victim: "v\n" });
    const cwd = temporaryTree();
    symlinkSync(join(outside, "victim"), join(cwd, JOURNAL));
    await recoverInterrupted(cwd);
    expect(readTree(cwd)).toEqual({});
    expect(readTree(outside)).toEqual({ victim: "v\n" });
  });

  it("a folder is named in the error", async () => {
    const cwd = temporaryTree({ [`${JOURNAL}/x`]: "" });
    await expect(recoverInterrupted(cwd)).rejects.toThrow(
      `Failed to remove ${join(cwd, JOURNAL)}, which is no journal: `,
    );
  });

  it("a link put in the journal's place while a patch is applied is not written through", async () => {
    const outside = temporaryTree({ victim: "v\n" });
    const cwd = temporaryTree({ f: "a\n" });
    const append = async (path: string, text: string) => {
      rmSync(path);
      symlinkSync(join(outside, "victim"), path);
      await nodeFileOperations.append(path, text);
    };
    const planned = await planPatch(patchOf("*** Update File: f\n-a\n+A\n"), { cwd, files: nodePatchFiles });
    await expect(commitPlan(planned, { operations: { ...nodeFileOperations, append } })).rejects.toThrow(
      "symbolic links",
    );
    expect(readTree(outside)).toEqual({ victim: "v\n" });
    expect(readTree(cwd)).toEqual({ f: "a\n" });
  });
});

describe("what a user did after the kill stays", () => {
  it("a file that was edited since is not restored", async () => {
    const cwd = temporaryTree({ f: "mine\n", ".codex-patch-abc-0.old": "before\n" });
    plant(cwd, [{ kind: "replace", target: join(cwd, "f"), ...own(cwd) }], {
      prepared: [{ way: "swap", identity: "0:0:0:0" }],
    });
    await recoverInterrupted(cwd);
    expect(readTree(cwd)).toEqual({ f: "mine\n" });
  });

  it("a hard-linked file that was edited since is not restored", async () => {
    const cwd = temporaryTree({
      f: "mine\n",
      ".codex-patch-abc-0.old": "before\n",
      ".codex-patch-abc-0.new": "after\n",
    });
    plant(cwd, [{ kind: "replace", target: join(cwd, "f"), ...own(cwd) }], {
      prepared: [{ way: "rewrite", identity: null }],
    });
    await recoverInterrupted(cwd);
    expect(readTree(cwd)).toEqual({ f: "mine\n" });
  });

  it("a folder that was filled since stays", async () => {
    const cwd = temporaryTree({ "d/mine": "1\n" });
    plant(cwd, [], { folders: [join(cwd, "d")] });
    await recoverInterrupted(cwd);
    expect(readTree(cwd)).toEqual({ "d/mine": "1\n" });
  });
});

describe("two patches in one folder", () => {
  it("wait for each other", async () => {
    const cwd = temporaryTree({ f: "a\n", g: "b\n" });
    const plan = (sections: string) => planPatch(patchOf(sections), { cwd, files: nodePatchFiles });
    const plans = [await plan("*** Update File: f\n-a\n+A\n"), await plan("*** Update File: g\n-b\n+B\n")];
    let running = 0;
    const overlaps: number[] = [];
    const rename = async (from: string, to: string) => {
      overlaps.push(++running);
      await nodeFileOperations.rename(from, to);
      running--;
    };
    await Promise.all(plans.map((planned) => commitPlan(planned, { operations: { ...nodeFileOperations, rename } })));
    expect(readTree(cwd)).toEqual({ f: "A\n", g: "B\n" });
    expect(Math.max(...overlaps)).toBe(1);
  });

  it("the second one gives up when the first one hangs", async () => {
    const cwd = temporaryTree({ f: "a\n" });
    const other = spawn("sleep", ["60"]);
    const started = readFileSync(`/proc/${other.pid}/stat`, "latin1").split(") ")[1]?.split(" ")[19] ?? "";
    plant(cwd, [], { owner: { pid: other.pid ?? 0, started, namespace: thisProcess().namespace } });
    try {
      await expect(recoverInterrupted(cwd)).rejects.toMatchObject({ failure: "busy" });
    } finally {
      other.kill("SIGKILL");
    }
    expect(existsSync(join(cwd, JOURNAL))).toBe(true);
  });

  it("a journal from a process namespace that is not ours is taken over once it is old", async () => {
    const cwd = temporaryTree({ f: "a\n" });
    plant(cwd, [], { owner: { pid: 1, started: "", namespace: "pid:[0]" } });
    await recoverInterrupted(cwd);
    expect(readTree(cwd)).toEqual({ f: "a\n" });
  });
});
