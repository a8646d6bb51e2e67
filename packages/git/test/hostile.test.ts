import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  applyDiff,
  askGit,
  diffToRemote,
  GitDriverError,
  GitFailedError,
  GitMissingError,
  gitOutput,
  GitOutputError,
  GitTimeoutError,
  hasGit,
  localBranches,
  recentCommits,
  runGit,
  withoutLocalDrivers,
} from "../src/index.js";
import { git, hasGitHere, repositoryAt, useFolder, write } from "./repositories.js";

const folder = useFolder();
const path = process.env["PATH"];
afterEach(() => {
  process.env["PATH"] = path;
});

describe.skipIf(!hasGitHere)("a repository that wants to run programs", () => {
  let root: string;
  let trap: string;
  const sprung = () => existsSync(join(folder.path, "sprung"));
  beforeEach(() => {
    repositoryAt(join(folder.path, "origin"));
    git(folder.path, "clone", "-q", join(folder.path, "origin"), "r");
    root = join(folder.path, "r");
    trap = join(folder.path, "trap");
    writeFileSync(trap, `#!/bin/sh\ntouch ${join(folder.path, "sprung")}\ncat\n`);
    chmodSync(trap, 0o755);
  });

  it.each<[string, (config: (name: string, value: string) => void) => void]>([
    ["a file watcher", (config) => config("core.fsmonitor", trap)],
    ["a pager", (config) => config("core.pager", trap)],
    ["an external diff", (config) => config("diff.external", trap)],
    [
      "a diff driver",
      (config) => {
        config("diff.evil.command", trap);
        config("diff.evil.textconv", trap);
        write(root, ".gitattributes", "* diff=evil\n");
      },
    ],
    [
      "a filter",
      (config) => {
        config("filter.evil.clean", trap);
        config("filter.evil.smudge", trap);
        config("filter.evil.required", "true");
        write(root, ".gitattributes", "* filter=evil\n");
      },
    ],
    [
      "a filter process",
      (config) => {
        config("filter.evil.process", trap);
        write(root, ".gitattributes", "* filter=evil\n");
      },
    ],
    [
      "a filter in an included file",
      (config) => {
        config("include.path", "hidden");
        write(root, ".git/hidden", `[filter "evil"]\n\tclean = ${trap}\n\tsmudge = ${trap}\n`);
        write(root, ".gitattributes", "* filter=evil\n");
      },
    ],
    [
      "a filter for this folder only",
      (config) => {
        config(`includeIf.gitdir:${join(root, ".git")}.path`, "hidden");
        write(root, ".git/hidden", `[filter "evil"]\n\tclean = ${trap}\n`);
        write(root, ".gitattributes", "* filter=evil\n");
      },
    ],
    [
      "a merge driver",
      (config) => {
        config("merge.evil.driver", trap);
        write(root, ".gitattributes", "* merge=evil\n");
      },
    ],
    [
      "hooks",
      (config) => {
        mkdirSync(join(root, ".git/hooks"), { recursive: true });
        for (const hook of ["post-index-change", "pre-commit", "post-checkout"]) {
          writeFileSync(join(root, ".git/hooks", hook), `#!/bin/sh\ntouch ${join(folder.path, "sprung")}\n`, {
            mode: 0o755,
          });
        }
        config("core.hooksPath", join(root, ".git/hooks"));
      },
    ],
    [
      "signatures",
      (config) => {
        config("log.showSignature", "true");
        config("gpg.program", trap);
      },
    ],
  ])("by %s gets none run", async (_name, prepare) => {
    write(root, "a.txt", "one\ntwo\nthree\nmine\n");
    write(root, "new.txt", "new\n");
    prepare((name, value) => git(root, "config", name, value));
    await recentCommits(root, 5);
    await localBranches(root);
    const diff = await diffToRemote(root);
    expect(diff?.diff).toContain("+mine");
    expect(diff?.diff).toContain("+new");
    await applyDiff({
      cwd: root,
      diff: "diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,2 @@\n-one\n+ONE\n two\n",
      revert: false,
    });
    await applyDiff({
      cwd: root,
      diff: "diff --git a/new.txt b/new.txt\n--- a/new.txt\n+++ b/new.txt\n",
      revert: true,
    });
    expect(sprung()).toBe(false);
  });

  it("by a filter that no setting can name gets an error", async () => {
    git(root, "config", "filter.a=b.clean", trap);
    write(root, ".gitattributes", "* filter=a=b\n");
    write(root, "a.txt", "mine\n");
    expect(await diffToRemote(root)).toBeNull();
    const diff =
      "diff --git a/new.txt b/new.txt\nnew file mode 100644\n--- /dev/null\n+++ b/new.txt\n@@ -0,0 +1 @@\n+x\n";
    await expect(applyDiff({ cwd: root, diff, revert: false })).rejects.toThrow(GitDriverError);
    expect(sprung()).toBe(false);
  });

  it("by a submodule's own config gets none run", async () => {
    git(root, "submodule", "add", "-q", join(folder.path, "origin"), "sub");
    git(root, "commit", "-qm", "sub");
    git(join(root, "sub"), "config", "core.fsmonitor", trap);
    write(root, "sub/a.txt", "changed\n");
    expect(await diffToRemote(root)).not.toBeNull();
    expect(sprung()).toBe(false);
  });

  it("keeps filters that the user configured", async () => {
    writeFileSync(join(folder.path, "home/.gitconfig"), '[filter "up"]\n\tclean = tr a-z A-Z\n');
    git(root, "config", "filter.mine.clean", "cat");
    expect(await withoutLocalDrivers({ cwd: root })).toEqual(["filter.mine.clean="]);
  });

  it("cannot redirect git through our environment", async () => {
    process.env["GIT_DIR"] = join(folder.path, "elsewhere");
    process.env["GIT_EXTERNAL_DIFF"] = trap;
    try {
      expect(await askGit(["rev-parse", "--show-toplevel"], { cwd: root })).toBe(root);
      await diffToRemote(root);
      expect(sprung()).toBe(false);
    } finally {
      delete process.env["GIT_DIR"];
      delete process.env["GIT_EXTERNAL_DIFF"];
    }
  });

  it("cannot put its own git before ours", async () => {
    writeFileSync(join(root, "git"), `#!/bin/sh\ntouch ${join(folder.path, "sprung")}\n`, { mode: 0o755 });
    process.env["PATH"] = [".", "", path].join(delimiter);
    expect(await askGit(["rev-parse", "HEAD"], { cwd: root })).toMatch(/^[0-9a-f]{40}$/);
    expect(sprung()).toBe(false);
  });
});

describe("running git", () => {
  it("says that there is none", async () => {
    process.env["PATH"] = folder.path;
    expect(hasGit()).toBe(false);
    await expect(runGit(["--version"], { cwd: folder.path })).rejects.toThrow(GitMissingError);
    expect(await askGit(["--version"], { cwd: folder.path })).toBeNull();
    expect(await localBranches(folder.path)).toEqual([]);
  });

  function fakeGit(script: string): void {
    mkdirSync(join(folder.path, "bin"));
    writeFileSync(join(folder.path, "bin/git"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    process.env["PATH"] = [join(folder.path, "bin"), path].join(delimiter);
  }

  it("stops one that takes too long", async () => {
    fakeGit("exec sleep 600");
    await expect(runGit(["log"], { cwd: folder.path, timeoutMs: 50 })).rejects.toThrow(GitTimeoutError);
  });

  it.each([
    ["that waits", "sleep 600 & wait"],
    ["that is over", "sleep 600 &"],
  ])("does not wait for what one %s has started", async (_, script) => {
    const pid = join(folder.path, "pid");
    fakeGit(script.replace("&", `& echo $! > ${pid};`));
    try {
      await expect(runGit(["log"], { cwd: folder.path, timeoutMs: 300 })).rejects.toThrow(GitTimeoutError);
    } finally {
      process.kill(Number(readFileSync(pid, "utf8")));
    }
  });

  it("stops one that prints too much", async () => {
    fakeGit("exec yes");
    await expect(runGit(["log"], { cwd: folder.path, maxOutputBytes: 1000 })).rejects.toThrow(GitOutputError);
  });

  it("stops one when it is told to", async () => {
    fakeGit("exec sleep 600");
    const stop = new AbortController();
    const run = runGit(["log"], { cwd: folder.path, signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(run).rejects.toThrow("enough");
  });

  it("passes git's words on when it fails", async () => {
    fakeGit("echo no >&2; exit 3");
    await expect(gitOutput(["x", "y"], { cwd: folder.path })).rejects.toThrow(new GitFailedError("git x y", 3, "no\n"));
    await expect(gitOutput(["x", "y"], { cwd: folder.path })).rejects.toThrow(
      "git command `git x y` failed with status 3: no",
    );
  });

  it("does not mind a git that never reads its input", async () => {
    fakeGit("exit 0");
    expect(await runGit(["x"], { cwd: folder.path, input: "x".repeat(1 << 20) })).toMatchObject({ exitCode: 0 });
  });
});
