import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diffToRemote } from "../src/index.js";
import { git, hasGitHere, repositoryAt, useFolder, write } from "./repositories.js";

const folder = useFolder();

function cloned(): string {
  repositoryAt(join(folder.path, "origin"));
  git(folder.path, "clone", "-q", join(folder.path, "origin"), "r");
  return join(folder.path, "r");
}

describe.skipIf(!hasGitHere)("the difference to the remote", () => {
  it("holds commits, changes and new files that the remote has not, and leaves the index alone", async () => {
    const root = cloned();
    const base = git(root, "rev-parse", "HEAD");
    write(root, "b.txt", "committed\n");
    git(root, "add", ".");
    git(root, "commit", "-qm", "local");
    write(root, "a.txt", "one\nchanged\n");
    write(root, ".gitignore", "ignored\n");
    write(root, "ignored", "x");
    write(root, "deep/new file.txt", "new\n");
    write(root, "bin", Buffer.from([0, 1, 2]));
    const index = readFileSync(join(root, ".git/index"));
    const result = await diffToRemote(join(root, "deep"));
    expect(result?.sha).toBe(base);
    const files = result?.diff.split("\n").filter((line) => line.startsWith("diff --git"));
    expect(files).toEqual([
      "diff --git a/a.txt b/a.txt",
      "diff --git a/b.txt b/b.txt",
      "diff --git a/.gitignore b/.gitignore",
      "diff --git a/bin b/bin",
      "diff --git a/deep/new file.txt b/deep/new file.txt",
    ]);
    expect(result?.diff).toContain("GIT binary patch");
    expect(readFileSync(join(root, ".git/index"))).toEqual(index);
    // What it says can be applied where the remote stands.
    git(folder.path, "clone", "-q", join(folder.path, "origin"), "other");
    write(folder.path, "d.diff", result?.diff ?? "");
    git(join(folder.path, "other"), "apply", join(folder.path, "d.diff"));
    expect(readFileSync(join(folder.path, "other/deep/new file.txt"), "utf8")).toBe("new\n");
  });

  it("takes the closest branch that the remote has", async () => {
    const root = cloned();
    git(root, "switch", "-qc", "pushed");
    git(root, "commit", "--allow-empty", "-qm", "one");
    git(root, "push", "-q", "origin", "pushed");
    const pushed = git(root, "rev-parse", "HEAD");
    git(root, "switch", "-qc", "work");
    git(root, "commit", "--allow-empty", "-qm", "two");
    expect((await diffToRemote(root))?.sha).toBe(git(root, "rev-parse", "origin/main"));
    git(root, "push", "-q", "origin", "HEAD~1:refs/heads/work");
    expect((await diffToRemote(root))?.sha).toBe(pushed);
  });

  it.each([
    ["outside of a repository", () => folder.path],
    ["without a remote", () => repositoryAt(join(folder.path, "alone"))],
  ])("is unknown %s", async (_name, prepare) => {
    expect(await diffToRemote(prepare())).toBeNull();
  });

  it("stops when it is told to", async () => {
    await expect(diffToRemote(cloned(), AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});
