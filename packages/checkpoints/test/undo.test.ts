import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { Checkpoints } from "../src/index.js";
import { inGroups } from "../src/write-back.js";
import {
  git,
  hasGitHere,
  link,
  open,
  remove,
  slowGit,
  type SlowGit,
  treeOf,
  turn,
  USER,
  useWorkspace,
  write,
} from "./workspace-folder.js";

const workspace = useWorkspace();
const files = () => treeOf(workspace.root);

describe.skipIf(!hasGitHere)("taking a turn back", () => {
  it("brings back what was changed, deleted and made, by whatever means", async () => {
    const { root } = workspace;
    write(root, "kept.txt", "kept");
    write(root, "changed.txt", "before\r\n");
    write(root, "deep/er/gone.txt", "gone");
    write(root, "tool.sh", "#!/bin/sh", 0o755);
    link(root, "link", "kept.txt");
    const before = files();
    const checkpoints = open(workspace);
    const step = await turn(checkpoints, "1", () => {
      execFileSync(
        "sh",
        ["-c", "rm -rf deep; echo new > new.txt; mkdir -p a/b; echo x > a/b/c; sed -i s/before/after/ changed.txt"],
        { cwd: root },
      );
      chmodSync(join(root, "tool.sh"), 0o644);
      link(root, "link", "new.txt");
    });
    expect(
      (await checkpoints.preview([step ?? ""])).changes.map((change) => `${change.action} ${change.path}`).toSorted(),
    ).toEqual([
      "create deep/er/gone.txt",
      "delete a/b/c",
      "delete new.txt",
      "restore changed.txt",
      "restore link",
      "restore tool.sh",
    ]);
    const result = await checkpoints.undo([step ?? ""], USER);
    expect(result).toMatchObject({ kept: [], failed: [], notCovered: [] });
    expect(result.restored).toHaveLength(6);
    expect(files()).toEqual(before);
    expect(existsSync(join(root, "a"))).toBe(false);
  });

  it("can itself be taken back, again and again", async () => {
    const { root } = workspace;
    write(root, "a", "1");
    const checkpoints = open(workspace);
    const step = await turn(checkpoints, "1", () => write(root, "a", "2"));
    let latest = step ?? "";
    for (const expected of ["1", "2", "1", "2"]) {
      expect(checkpoints.steps().map((found) => found.id)).toContain(latest);
      const result = await checkpoints.undo([latest], USER);
      expect(readFileSync(join(root, "a"), "utf8")).toBe(expected);
      await expect(checkpoints.undo([latest], USER)).rejects.toThrow(/taken back already/);
      latest = result.stepId ?? "";
    }
  });

  it("of a turn that was cut off ends where the next step of anybody begins", async () => {
    const { root } = workspace;
    for (const name of ["a", "b", "c"]) write(root, name, "1");
    const cutOff = await open(workspace).before({ threadId: "thread", turnId: "1" }, { waitMs: 60_000 });
    if (cutOff.kind === "uncovered") throw cutOff.error;
    write(root, "a", "agent");
    write(root, "c", "agent");
    const others = open(workspace);
    await others.before({ threadId: "other", turnId: "1" }, { waitMs: 60_000 });
    write(root, "b", "other agent");
    await others.after({ threadId: "other", turnId: "1" });
    write(root, "c", "person");
    write(root, "d", "person");
    expect(await open(workspace).undo([cutOff.stepId], USER)).toMatchObject({ restored: ["a"], kept: ["c"] });
    expect(files()).toEqual({ a: "- 1", b: "- other agent", c: "- person", d: "- person" });
  });

  it("of a turn that was cut off ends with the thread's next turn, also when that one changes nothing", async () => {
    const { root } = workspace;
    write(root, "a", "1");
    await open(workspace).before({ threadId: "thread", turnId: "1" }, { waitMs: 60_000 });
    write(root, "a", "agent");
    const checkpoints = open(workspace);
    expect(await turn(checkpoints, "2", () => {})).toBeNull();
    write(root, "b", "person");
    const [step] = checkpoints.steps();
    expect(await checkpoints.undo([step?.id ?? ""], USER)).toMatchObject({ restored: ["a"], kept: [] });
    expect(files()).toEqual({ a: "- 1", b: "- person" });
  });

  it("keeps what a person changed since, and says so, unless told otherwise", async () => {
    const { root } = workspace;
    for (const name of ["a", "b", "c"]) write(root, name, "1");
    const checkpoints = open(workspace);
    const step = await turn(checkpoints, "1", () => {
      for (const name of ["a", "b"]) write(root, name, "agent");
      write(root, "made", "agent");
    });
    write(root, "a", "person");
    write(root, "c", "person");
    write(root, "made", "agent and person");
    const preview = await checkpoints.preview([step ?? ""]);
    expect(Object.fromEntries(preview.changes.map((change) => [change.path, change.changedSince]))).toEqual({
      a: true,
      b: false,
      made: true,
    });
    expect(await checkpoints.undo([step ?? ""], USER, ["made"])).toMatchObject({
      kept: ["a"],
      restored: ["made", "b"],
    });
    expect(files()).toEqual({ a: "- person", b: "- 1", c: "- person" });
  });

  it("overwrites everything when told to, and even that can be taken back", async () => {
    const { root } = workspace;
    write(root, "a", "1");
    const checkpoints = open(workspace);
    const step = await turn(checkpoints, "1", () => write(root, "a", "agent"));
    write(root, "a", "person");
    const result = await checkpoints.undo([step ?? ""], USER, "all");
    expect(files()).toEqual({ a: "- 1" });
    await checkpoints.undo([result.stepId ?? ""], USER);
    expect(files()).toEqual({ a: "- person" });
  });

  it("takes several turns back and leaves a person's work between them", async () => {
    const { root } = workspace;
    for (const name of ["both", "first", "second", "mine"]) write(root, name, "0");
    const checkpoints = open(workspace);
    const one = await turn(checkpoints, "1", () => {
      write(root, "both", "1");
      write(root, "first", "1");
    });
    write(root, "mine", "person");
    write(root, "second", "person");
    const two = await turn(checkpoints, "2", () => {
      write(root, "both", "2");
      write(root, "second", "2");
    });
    await checkpoints.undo([one ?? "", two ?? ""], USER);
    expect(files()).toEqual({ both: "- 0", first: "- 0", mine: "- person", second: "- person" });
  });

  it("brings back a workspace that was deleted whole, its .git aside", async () => {
    const { root } = workspace;
    git(root, "init", "-q");
    write(root, "a", "1");
    git(root, "add", ".");
    git(root, "commit", "-qm", "x");
    write(root, "not committed", "2");
    const checkpoints = open(workspace);
    const step = await turn(checkpoints, "1", () => {
      for (const name of readdirSync(root)) remove(root, name);
    });
    remove(root, ".");
    await checkpoints.undo([step ?? ""], USER);
    expect(files()).toEqual({ a: "- 1", "not committed": "- 2" });
  });

  it("does nothing when there is nothing to do", async () => {
    write(workspace.root, "a", "1");
    const checkpoints = open(workspace);
    expect(await turn(checkpoints, "1", () => undefined)).toBeNull();
    expect(checkpoints.steps()).toEqual([]);
    const step = await turn(checkpoints, "2", () => write(workspace.root, "a", "2"));
    write(workspace.root, "a", "1");
    expect(await checkpoints.undo([step ?? ""], USER)).toEqual({
      stepId: null,
      restored: [],
      kept: [],
      failed: [],
      notCovered: [],
    });
  });

  it("works after the process died in the middle of the turn", async () => {
    write(workspace.root, "a", "1");
    await open(workspace).before({ threadId: "t", turnId: "1" });
    write(workspace.root, "a", "2");
    const later = open(workspace);
    const [step] = later.steps();
    expect(step?.after).toBeNull();
    await later.undo([step?.id ?? ""], USER);
    expect(files()).toEqual({ a: "- 1" });
  });

  it("takes the file that replaced a folder away, and the folder that replaced a file", async () => {
    const { root } = workspace;
    write(root, "folder/x", "1");
    write(root, "file", "1");
    const before = files();
    const checkpoints = open(workspace);
    const step = await turn(checkpoints, "1", () => {
      remove(root, "folder");
      write(root, "folder", "now a file");
      remove(root, "file");
      write(root, "file/y/z", "now a folder");
    });
    expect(await checkpoints.undo([step ?? ""], USER)).toMatchObject({ failed: [] });
    expect(files()).toEqual(before);
  });

  it("writes through no link that was put in a folder's place", async () => {
    const { root, path } = workspace;
    write(root, "folder/x", "1");
    write(path, "outside/x", "outside");
    write(path, "outside/made", "outside");
    const checkpoints = open(workspace);
    const step = await turn(checkpoints, "1", () => {
      write(root, "folder/x", "2");
      write(root, "folder/made", "2");
    });
    remove(root, "folder");
    link(root, "folder", join(path, "outside"));
    await checkpoints.undo([step ?? ""], USER, "all");
    expect(files()).toEqual({ "folder/x": "- 1" });
    expect(treeOf(join(path, "outside"))).toEqual({ made: "- outside", x: "- outside" });
  });

  it("names what could not be put back, and puts back the rest", async () => {
    const { root } = workspace;
    write(root, "a", "1");
    write(root, "b", "1");
    const checkpoints = open(workspace);
    const step = await turn(checkpoints, "1", () => {
      write(root, "a", "2");
      write(root, "b", "2");
    });
    remove(root, "a");
    mkdirSync(join(root, "a"));
    write(root, "a/mine", "person");
    const result = await checkpoints.undo([step ?? ""], USER, "all");
    expect(result.restored).toEqual(["b"]);
    expect(result.failed).toEqual([{ path: "a", reason: expect.stringContaining("ENOTEMPTY") }]);
    expect(files()).toEqual({ "a/mine": "- person", b: "- 1" });
  });

  it("keeps the permissions of a file that is there", async () => {
    const { root } = workspace;
    write(root, "secret", "1", 0o600);
    const checkpoints = open(workspace);
    const step = await turn(checkpoints, "1", () => write(root, "secret", "2"));
    await checkpoints.undo([step ?? ""], USER);
    expect(statSync(join(root, "secret")).mode & 0o777).toBe(0o600);
  });

  it.each([
    "with space ",
    "star*[x]?",
    "#hash",
    "!bang",
    "back\\slash",
    "new\nline",
    "é",
    '"quoted"',
    ".hidden",
    "-dash",
    "git~1",
  ])("works for a file called %j", async (name) => {
    const { root } = workspace;
    write(root, `d/${name}`, "1");
    const checkpoints = open(workspace);
    const step = await turn(checkpoints, "1", () => write(root, `d/${name}`, "2"));
    await checkpoints.undo([step ?? ""], USER);
    expect(files()).toEqual({ [`d/${name}`]: "- 1" });
  });

  it("works for a name that is no UTF-8", async () => {
    const name = Buffer.concat([Buffer.from(`${workspace.root}/`), Buffer.from([0x66, 0xff, 0x67])]);
    writeFileSync(name, "1");
    const checkpoints = open(workspace);
    const step = await turn(checkpoints, "1", () => writeFileSync(name, "2"));
    await checkpoints.undo([step ?? ""], USER);
    expect(readFileSync(name, "utf8")).toBe("1");
  });
});

describe("what is in memory at a time", () => {
  const groups = (sizes: number[]): number[] => inGroups(sizes, (size) => size).map((group) => group.length);
  const MIB = 1 << 20;

  it("is bounded by bytes and by number", () => {
    expect(groups(Array.from({ length: 20 }, () => 10 * MIB))).toEqual([6, 6, 6, 2]);
    expect(groups(Array.from({ length: 600 }, () => 1))).toEqual([256, 256, 88]);
    expect(groups([1, 2000 * MIB, 1])).toEqual([1, 1, 1]);
    expect(groups([])).toEqual([]);
  });
});

describe.skipIf(!hasGitHere || process.platform === "win32")("a git that hangs", () => {
  it("does not hold up the end of a turn, whose step ends when git is done", async () => {
    using slow = slowGit(workspace, "diff-files");
    const checkpoints = await turnEndsWhile(slow);
    expect(checkpoints.steps()).toMatchObject([{ turnId: "1", after: null }]);
    slow.hang(false);
    await vi.waitFor(() => expect(checkpoints.steps()[0]?.after).not.toBeNull());
    expect(await checkpoints.undo([checkpoints.steps()[0]?.id ?? ""], USER)).toMatchObject({ restored: ["a"] });
  });

  it("is stopped when the checkpoints are closed, and the next turn of the thread ends the step", async () => {
    using slow = slowGit(workspace, "diff-files");
    (await turnEndsWhile(slow)).close();
    slow.hang(false);
    const next = open(workspace);
    expect(next.steps()).toMatchObject([{ turnId: "1", after: null }]);
    await turn(next, "2", () => write(workspace.root, "b", "1"));
    expect(next.steps().map(({ turnId, after }) => [turnId, after === null])).toEqual([
      ["1", false],
      ["2", false],
    ]);
  });

  async function turnEndsWhile(slow: SlowGit): Promise<Checkpoints> {
    const name = { threadId: "thread", turnId: "1" };
    write(workspace.root, "a", "1");
    const checkpoints = open(workspace);
    await checkpoints.before(name, { waitMs: 60_000 });
    write(workspace.root, "a", "2");
    slow.hang(true);
    await checkpoints.after(name, { waitMs: 50 });
    return checkpoints;
  }

  it("holds up no turn whose calls were all given up, and nothing is kept of it", async () => {
    using slow = slowGit(workspace, "diff-files");
    const name = { threadId: "thread", turnId: "1" };
    write(workspace.root, "a", "1");
    const checkpoints = open(workspace);
    slow.hang(true);
    const signal = AbortSignal.timeout(50);
    await expect(checkpoints.before(name, { waitMs: 60_000, signal })).rejects.toThrow(/timeout/);
    const given = performance.now();
    await checkpoints.after(name);
    expect(performance.now() - given).toBeLessThan(500);
    slow.hang(false);
    write(workspace.root, "a", "person");
    await turn(checkpoints, "2", () => write(workspace.root, "a", "2"));
    expect(checkpoints.steps().map(({ turnId }) => turnId)).toEqual(["2"]);
  });

  it("is stopped with an undo that is given up, and nothing is touched", async () => {
    using slow = slowGit(workspace, "diff-files");
    write(workspace.root, "a", "1");
    const checkpoints = open(workspace);
    const step = await turn(checkpoints, "1", () => write(workspace.root, "a", "2"));
    slow.hang(true);
    const undone = checkpoints.undo([step ?? ""], USER, [], AbortSignal.timeout(50));
    await expect(undone).rejects.toThrow(/timeout/);
    expect(files()).toEqual({ a: "- 2" });
    checkpoints.close();
  });
});
