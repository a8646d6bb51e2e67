import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { git, hasGitHere, open, remove, treeOf, turn, USER, useWorkspace, write } from "./workspace-folder.js";

const workspace = useWorkspace();
const name = { threadId: "t", turnId: "1" };

async function covered(limits = {}) {
  const coverage = await open(workspace, limits).before(name, { waitMs: 60_000 });
  return coverage.kind === "covered" ? coverage.notCovered : coverage.error.reason;
}

describe.skipIf(!hasGitHere)("the user's repository", () => {
  it("is not changed by a byte, and neither is its index", async () => {
    const { root } = workspace;
    git(root, "init", "-q");
    write(root, "a", "1");
    git(root, "add", ".");
    git(root, "commit", "-qm", "x");
    write(root, "staged", "1");
    git(root, "add", "staged");
    write(root, "a", "2");
    const digest = () =>
      execFileSync("sh", ["-c", "find .git -type f -printf '%p %T@ ' -exec sha256sum {} + ; find .git | sort"], {
        cwd: root,
      }).toString();
    const before = digest();
    const checkpoints = open(workspace);
    const step = await turn(checkpoints, "1", () => write(root, "a", "3"));
    await checkpoints.undo([step ?? ""], USER);
    await checkpoints.cleanUp();
    expect(digest()).toBe(before);
    expect(readFileSync(join(root, "a"), "utf8")).toBe("2");
  });

  it("decides what is ignored: its patterns, its own excludes, its tracked files", async () => {
    const { root } = workspace;
    git(root, "init", "-q");
    write(root, ".gitignore", "*.log\nout/\n");
    write(root, ".git/info/exclude", "private\n");
    for (const path of ["x.log", "out/x", "private", "node_modules/m/x", "dist/tracked", "forced.log", "src/x"])
      write(root, path, "1");
    git(root, "add", "-f", "dist/tracked", "forced.log", "src/x");
    const checkpoints = open(workspace);
    const step = await turn(checkpoints, "1", () => {
      for (const path of Object.keys(treeOf(root)).filter((path) => !path.startsWith(".git"))) write(root, path, "2");
    });
    const changed = (await checkpoints.preview([step ?? ""])).changes.map((change) => change.path);
    expect(changed.toSorted()).toEqual(["dist/tracked", "forced.log", "src/x"]);
  });

  it("notices what was added to its index later", async () => {
    const { root } = workspace;
    git(root, "init", "-q");
    write(root, ".gitignore", "*.log\n");
    write(root, "x.log", "1");
    const checkpoints = open(workspace);
    await turn(checkpoints, "1", () => write(root, "a", "1"));
    git(root, "add", "-f", "x.log");
    const step = await turn(checkpoints, "2", () => write(root, "x.log", "2"));
    expect((await checkpoints.preview([step ?? ""])).changes.map((change) => change.path)).toEqual(["x.log"]);
  });
});

describe.skipIf(!hasGitHere)("a snapshot", () => {
  it("is byte for byte, whatever attributes and filters the workspace brings", async () => {
    const { root, path } = workspace;
    git(root, "init", "-q");
    writeFileSync(join(path, "trap"), `#!/bin/sh\ntouch ${path}/sprung\ntr a-z A-Z\n`, { mode: 0o755 });
    git(root, "config", "filter.evil.clean", join(path, "trap"));
    git(root, "config", "filter.evil.smudge", join(path, "trap"));
    git(root, "config", "core.autocrlf", "true");
    write(root, ".gitattributes", "* text=auto eol=crlf ident filter=evil working-tree-encoding=UTF-16\n");
    write(root, "crlf", "a\r\nb\n$Id$\n");
    write(root, "bytes", Buffer.from([0, 255, 13, 10]));
    const before = treeOf(root);
    const checkpoints = open(workspace);
    const step = await turn(checkpoints, "1", () => {
      remove(root, "crlf");
      remove(root, "bytes");
    });
    await checkpoints.undo([step ?? ""], USER);
    expect(treeOf(root)).toEqual(before);
    expect(existsSync(join(path, "sprung"))).toBe(false);
  });

  it("of many files at once holds them all", async () => {
    const { root } = workspace;
    for (let n = 0; n < 700; n++) write(root, `d${n % 7}/f${n}`, `${n}`);
    const before = treeOf(root);
    const checkpoints = open(workspace);
    const step = await turn(checkpoints, "1", () => {
      for (let n = 0; n < 7; n++) remove(root, `d${n}`);
    });
    const result = await checkpoints.undo([step ?? ""], USER);
    expect(result.restored).toHaveLength(700);
    expect(treeOf(root)).toEqual(before);
  });

  it("leaves out and names files that are too large, until they are smaller", async () => {
    const { root } = workspace;
    write(root, "large file", "x".repeat(2000));
    write(root, "small", "x");
    const limits = { maxFileBytes: 1000 };
    expect(await covered(limits)).toEqual([{ path: "large file", reason: "too-large" }]);
    expect(await covered(limits)).toEqual([{ path: "large file", reason: "too-large" }]);
    const checkpoints = open(workspace, limits);
    const step = await turn(checkpoints, "2", () => write(root, "small", "x".repeat(3000)));
    const preview = await checkpoints.preview([step ?? ""]);
    expect(preview.changes).toEqual([{ path: "small", action: "create", changedSince: false }]);
    expect(preview.notCovered.map((file) => file.path).toSorted()).toEqual(["large file", "small"]);
    write(root, "large file", "y");
    write(root, "small", "y");
    expect(await covered(limits)).toEqual([]);
  });

  it("names nested repositories, which it does not look into", async () => {
    const { root } = workspace;
    mkdirSync(join(root, "nested"));
    git(join(root, "nested"), "init", "-q");
    write(root, "nested/x", "1");
    git(join(root, "nested"), "add", ".");
    git(join(root, "nested"), "commit", "-qm", "x");
    git(join(root, "nested"), "config", "core.fsmonitor", `touch ${workspace.path}/sprung;`);
    for (let n = 0; n < 600; n++) write(root, `f${n}`, "");
    expect(await covered()).toEqual([{ path: "nested/", reason: "nested-repository" }]);
    expect(await covered()).toEqual([{ path: "nested/", reason: "nested-repository" }]);
    expect(existsSync(join(workspace.path, "sprung"))).toBe(false);
  });

  it("names files that may not be read, and covers the others", async (ctx) => {
    const bun = join(import.meta.dirname, "../../../node_modules/bun/bin/bun.exe");
    const asOther = ["--reuid=65534", "--clear-groups", bun];
    const probe = spawnSync("setpriv", [...asOther, "--version"]);
    if (probe.status !== 0) return ctx.skip("no other user can run here (setpriv, or the checkout is not readable)");
    const { root, path, codexHome } = workspace;
    write(root, "mine", "1", 0o600);
    write(root, "open", "1", 0o644);
    for (const folder of [path, root, codexHome]) chmodSync(folder, 0o777);
    const script = join(import.meta.dirname, "cover.fixture.ts");
    const args = [...asOther, "--conditions=@codex-ts/source", script, codexHome, root];
    const run = spawnSync("setpriv", args, { encoding: "utf8", env: { ...process.env, HOME: codexHome } });
    expect([run.status, run.stderr]).toEqual([0, ""]);
    expect(JSON.parse(run.stdout)).toMatchObject({ notCovered: [{ path: "mine", reason: "unreadable" }] });
  });

  it("does not hold the Codex home, should that lie in the workspace", async () => {
    const inside = { ...workspace, codexHome: join(workspace.root, "my home") };
    mkdirSync(inside.codexHome);
    write(inside.codexHome, "auth.json", "secret");
    write(workspace.root, "a", "1");
    const checkpoints = open(inside);
    const step = await turn(checkpoints, "1", () => {
      write(workspace.root, "a", "2");
      write(inside.codexHome, "auth.json", "new secret");
    });
    expect((await checkpoints.preview([step ?? ""])).changes.map((change) => change.path)).toEqual(["a"]);
  });

  it.each([
    ["too-many-files", { maxFiles: 3 }],
    ["too-large", { maxStoreBytes: 10 }],
  ])("is refused when the workspace is %s", async (reason, limits) => {
    for (let n = 0; n < 4; n++) write(workspace.root, `f${n}`, "content");
    expect(await covered(limits)).toBe(reason);
  });

  it("that takes too long leaves the turn uncovered, and the next one covered", async () => {
    write(workspace.root, "a", "1");
    const checkpoints = open(workspace);
    const late = await checkpoints.before(name, { waitMs: 0 });
    expect(late).toMatchObject({
      kind: "uncovered",
      error: { reason: "too-slow", message: /^This turn cannot be undone: .*takes more than 0 s/ },
    });
    await checkpoints.after(name);
    expect(checkpoints.steps()).toEqual([]);
    expect(await checkpoints.before({ ...name, turnId: "2" }, { waitMs: 60_000 })).toMatchObject({ kind: "covered" });
  });

  it("is taken once per turn, however many calls ask", async () => {
    write(workspace.root, "a", "1");
    const checkpoints = open(workspace);
    const all = await Promise.all([1, 2, 3].map(() => checkpoints.before(name, { waitMs: 60_000 })));
    expect(new Set(all.map((coverage) => coverage.kind === "covered" && coverage.stepId)).size).toBe(1);
    expect(checkpoints.steps()).toHaveLength(1);
  });

  it("is given up by a call that is aborted", async () => {
    const checkpoints = open(workspace);
    await expect(checkpoints.before(name, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    await checkpoints.after(name);
  });

  it("can be taken by several at once", async () => {
    for (let n = 0; n < 50; n++) write(workspace.root, `f${n}`, `${n}`);
    const several = [open(workspace), open(workspace), open(workspace)];
    const taken = await Promise.all(
      several.map((one, n) => one.before({ threadId: `t${n}`, turnId: "1" }, { waitMs: 60_000 })),
    );
    expect(taken.map((coverage) => coverage.kind)).toEqual(["covered", "covered", "covered"]);
    const trees = new Set(
      open(workspace)
        .steps()
        .map((step) => step.before),
    );
    expect(trees.size).toBe(1);
  });

  it("is kept where only this user can look", async () => {
    write(workspace.root, "a", "1");
    await covered();
    expect(statSync(join(workspace.codexHome, "checkpoints")).mode & 0o777).toBe(0o700);
  });
});
