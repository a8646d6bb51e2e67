import { randomBytes } from "node:crypto";
import { copyFileSync, existsSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { NotCoveredError, workspaceRoot } from "../src/index.js";
import { git, hasGitHere, open, slowGit, treeOf, turn, USER, useWorkspace, write } from "./workspace-folder.js";

const workspace = useWorkspace();
const HOUR = 3600_000;
const DAY = 24 * HOUR;
const stores = () => readdirSync(join(workspace.codexHome, "checkpoints"));
/** All files of all stores. */
const storeFiles = () => readdirSync(join(workspace.codexHome, "checkpoints"), { recursive: true, encoding: "utf8" });

describe.skipIf(!hasGitHere)("cleaning up", () => {
  it("forgets the oldest steps beyond the number, and the rest still works", async () => {
    const { root } = workspace;
    let clock = 1_000_000;
    const checkpoints = open(workspace, { maxSteps: 2 }, () => (clock += 1000));
    for (const content of ["1", "2", "3", "4"]) await turn(checkpoints, content, () => write(root, "a", content));
    expect(await checkpoints.cleanUp()).toBe(2);
    expect(await checkpoints.cleanUp()).toBe(0);
    const [oldest] = checkpoints.steps();
    await checkpoints.undo(
      checkpoints.steps().map((step) => step.id),
      USER,
    );
    expect(oldest?.turnId).toBe("3");
    expect(treeOf(root)).toEqual({ a: "- 2" });
  });

  it("forgets steps that are too old", async () => {
    let clock = 0;
    const checkpoints = open(workspace, { maxAgeMs: DAY }, () => clock);
    await turn(checkpoints, "1", () => write(workspace.root, "a", "1"));
    clock = 2 * DAY;
    expect(await checkpoints.cleanUp()).toBe(1);
    expect(checkpoints.steps()).toEqual([]);
  });

  it("forgets the older half when the store is too large", async () => {
    let clock = 0;
    const checkpoints = open(workspace, { maxStoreBytes: 250_000 }, () => (clock += 1000));
    for (let n = 0; n < 8; n++) await turn(checkpoints, `${n}`, () => write(workspace.root, "a", randomBytes(50_000)));
    expect(await checkpoints.cleanUp()).toBeGreaterThanOrEqual(4);
    expect(checkpoints.steps().at(-1)?.turnId).toBe("7");
  });

  it("is done once in a while, whoever does it", async () => {
    const { root } = workspace;
    let clock = Date.now();
    const checkpoints = open(workspace, { maxSteps: 1 }, () => (clock += 1000));
    for (const content of ["1", "2"]) await turn(checkpoints, content, () => write(root, "a", content));
    expect(await checkpoints.cleanUp({ unlessWithinMs: DAY })).toBe(1);
    await turn(checkpoints, "3", () => write(root, "a", "3"));
    const others = open(workspace, { maxSteps: 1 }, () => clock);
    expect(await others.cleanUp({ unlessWithinMs: DAY })).toBe(0);
    clock += DAY;
    expect(await others.cleanUp({ unlessWithinMs: DAY })).toBe(1);
  });

  it("leaves a snapshot alone that another process is taking", async () => {
    const checkpoints = open(workspace, { maxAgeMs: 0 }, () => 2 * Date.now());
    await turn(checkpoints, "1", () => write(workspace.root, "a", "1"));
    const gitDir = join(workspace.codexHome, "checkpoints", stores()[0] ?? "", "git");
    // It begins as a copy of the shared index, with the time of that.
    const inTheMaking = join(gitDir, "index.999.abcd");
    copyFileSync(join(gitDir, "index"), inTheMaking);
    utimesSync(inTheMaking, 1000, 1000);
    expect(await checkpoints.cleanUp()).toBe(0);
    expect(existsSync(inTheMaking)).toBe(true);
    expect(checkpoints.steps()).toHaveLength(1);
  });

  it.skipIf(process.platform === "win32")("gives way to a snapshot, and begins anew after an hour", async () => {
    using slow = slowGit(workspace, "pack-objects");
    const { root } = workspace;
    let clock = Date.now();
    const checkpoints = open(workspace, { maxSteps: 1 }, () => (clock += 1000));
    for (const content of ["1", "2"]) await turn(checkpoints, content, () => write(root, "a", content));
    slow.hang(true);
    const cleaning = checkpoints.cleanUp({ unlessWithinMs: DAY });
    await delay(200);
    await turn(checkpoints, "3", () => write(root, "a", "3"));
    expect(await cleaning).toBe(0);
    slow.hang(false);
    await turn(checkpoints, "4", () => write(root, "a", "4"));
    expect(await checkpoints.cleanUp({ unlessWithinMs: DAY })).toBe(0);
    expect(checkpoints.steps()).toHaveLength(3);
    clock += HOUR;
    expect(await checkpoints.cleanUp({ unlessWithinMs: DAY })).toBe(2);
    const step = checkpoints.steps()[0];
    await checkpoints.undo([step?.id ?? ""], USER);
    expect(treeOf(root)).toEqual({ a: "- 3" });
  });

  it("leaves nothing of a pack whose making was stopped", async () => {
    const checkpoints = open(workspace, { maxSteps: 1 });
    for (const name of ["a", "b", "c", "d"])
      await turn(checkpoints, name, () => write(workspace.root, name, randomBytes(8 << 20)));
    const unfinished = () => storeFiles().filter((name) => name.includes("tmp_"));
    const cleaning = checkpoints.cleanUp();
    await vi.waitFor(() => expect(unfinished()).toHaveLength(1), { interval: 2 });
    await checkpoints.before({ threadId: "thread", turnId: "e" }, { waitMs: 60_000 });
    await cleaning;
    expect(unfinished()).toEqual([]);
    expect(storeFiles().filter((name) => name.endsWith(".pack"))).toEqual([]);
  });

  it("does not count what a process left unfinished, and removes it after an hour", async () => {
    const checkpoints = open(workspace, { maxStoreBytes: 250_000 });
    await turn(checkpoints, "1", () => write(workspace.root, "a", "1"));
    const gitDir = join(workspace.codexHome, "checkpoints", stores()[0] ?? "", "git");
    const left = [join(gitDir, "objects/pack/tmp_pack_abcdef"), join(gitDir, "packing.999.abcd/pack/tmp_pack_abcdef")];
    for (const path of left) write("/", path, randomBytes(300_000));
    await checkpoints.cleanUp();
    // It has not even looked for something to drop.
    expect(storeFiles().filter((name) => name.endsWith(".pack"))).toEqual([]);
    expect(left.map((path) => existsSync(path))).toEqual([true, true]);
    const old = (Date.now() - 2 * HOUR) / 1000;
    for (const path of [left[0] ?? "", join(gitDir, "packing.999.abcd")]) utimesSync(path, old, old);
    await checkpoints.cleanUp();
    expect(left.map((path) => existsSync(path))).toEqual([false, false]);
    expect(checkpoints.steps()).toHaveLength(1);
  });

  it("removes stores that nobody used for long", async () => {
    const checkpoints = open(workspace);
    await turn(checkpoints, "1", () => write(workspace.root, "a", "1"));
    const old = join(workspace.codexHome, "checkpoints", stores()[0] ?? "");
    const other = { ...workspace, root: join(workspace.path, "other") };
    write(other.root, "a", "1");
    const current = open(other);
    await turn(current, "1", () => write(other.root, "a", "2"));
    utimesSync(old, 1, 1);
    await current.cleanUp();
    expect(stores()).toHaveLength(1);
    expect(current.steps()).toHaveLength(1);
  });

  it("removes one unused store after the other, and stops between them", async () => {
    const checkpoints = open(workspace);
    await turn(checkpoints, "1", () => write(workspace.root, "a", "1"));
    for (let n = 0; n < 40; n++) {
      const folder = join(workspace.codexHome, "checkpoints", `old${n}`);
      write(folder, "git/a", "1");
      utimesSync(folder, 1, 1);
    }
    const cleaning = checkpoints.cleanUp();
    while (stores().length === 41) await new Promise(setImmediate);
    checkpoints.close();
    await cleaning;
    expect(stores().length).toBeGreaterThan(20);
    await open(workspace).cleanUp();
    expect(stores()).toHaveLength(1);
  });

  it("passes over a step whose file was damaged", async () => {
    const checkpoints = open(workspace);
    const step = await turn(checkpoints, "1", () => write(workspace.root, "a", "1"));
    const file = join(workspace.codexHome, "checkpoints", stores()[0] ?? "", "steps", `${step}.json`);
    for (const content of ["{", "1", "{}", '{"id":"../x"}']) {
      writeFileSync(file, content);
      expect(checkpoints.steps()).toEqual([]);
    }
    await expect(checkpoints.undo([step ?? ""], USER)).rejects.toThrow(NotCoveredError);
  });
});

describe.skipIf(!hasGitHere)("the folder that is covered", () => {
  it("is the work tree's top, else the folder itself", () => {
    expect(workspaceRoot(workspace.root, "/nowhere")).toBe(workspace.root);
    write(workspace.root, "a/b/x", "");
    git(workspace.root, "init", "-q");
    expect(workspaceRoot(join(workspace.root, "a/b"), "/nowhere")).toBe(workspace.root);
  });

  it.each([
    ["the home folder", () => workspaceRoot(workspace.codexHome, workspace.codexHome)],
    ["a folder that holds the home folder", () => workspaceRoot(workspace.path, workspace.codexHome)],
    ["the root of everything", () => workspaceRoot("/", "/nowhere")],
  ])("is never %s", (_name, find) => {
    expect(find).toThrow(NotCoveredError);
    expect(find).toThrow(/not a project folder/);
  });

  it("is none without git", () => {
    const path = process.env["PATH"];
    process.env["PATH"] = workspace.path;
    try {
      expect(() => workspaceRoot(workspace.root)).toThrow(/git is not installed/);
    } finally {
      process.env["PATH"] = path;
    }
  });
});
