import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  currentBranch,
  defaultBranch,
  findRepository,
  localBranches,
  mergeBaseWithHead,
  otherWorktrees,
  readGitFacts,
  readHead,
  readRef,
  recentCommits,
  remoteUrls,
  submodulePaths,
  trustRoot,
} from "../src/index.js";
import { git, hasGitHere, repositoryAt, useFolder, write } from "./repositories.js";

const folder = useFolder();
const at = (...parts: string[]) => join(folder.path, ...parts);

function facts(cwd: string) {
  const found = readGitFacts(cwd);
  if (found === null) throw new Error("no repository");
  return found;
}

describe.skipIf(!hasGitHere)("facts read from files are what git says", () => {
  it("on a branch, from a folder inside", () => {
    const root = repositoryAt(at("r"));
    write(root, "sub/x", "");
    git(root, "remote", "add", "origin", "https://example.com/r.git");
    expect(facts(join(root, "sub"))).toEqual({
      repository: { root, gitDir: join(root, ".git"), commonDir: join(root, ".git"), kind: "main" },
      head: { kind: "branch", branch: "main", sha: git(root, "rev-parse", "HEAD") },
      originUrl: "https://example.com/r.git",
    });
  });

  it("on a branch with slashes, with packed refs, and changed since", () => {
    const root = repositoryAt(at("r"));
    git(root, "switch", "-qc", "feature/deep/x");
    git(root, "pack-refs", "--all");
    expect(facts(root).head).toEqual({ kind: "branch", branch: "feature/deep/x", sha: git(root, "rev-parse", "HEAD") });
    git(root, "commit", "--allow-empty", "-qm", "second");
    expect(facts(root).head).toMatchObject({ sha: git(root, "rev-parse", "HEAD") });
    const { repository } = facts(root);
    expect(readRef(repository, "refs/heads/main")).toBe(git(root, "rev-parse", "main"));
    expect(readRef(repository, "refs/heads/none")).toBeNull();
    expect(readRef(repository, "heads/main")).toBeNull();
  });

  it("detached, and before the first commit", async () => {
    const root = repositoryAt(at("r"));
    git(root, "checkout", "-q", "--detach");
    expect(facts(root).head).toEqual({ kind: "detached", sha: git(root, "rev-parse", "HEAD") });
    expect(await currentBranch(root)).toBeNull();
    mkdirSync(at("new"));
    git(at("new"), "init", "-q");
    expect(facts(at("new")).head).toEqual({ kind: "branch", branch: "main", sha: null });
    expect(await currentBranch(at("new"))).toBe("main");
    expect(await recentCommits(at("new"), 3)).toEqual([]);
    expect(await localBranches(at("new"))).toEqual([]);
  });

  it("in a linked work tree", () => {
    const root = repositoryAt(at("r"));
    git(root, "remote", "add", "origin", "u");
    git(root, "worktree", "add", "-q", "-b", "side", at("linked"));
    const linked = facts(at("linked"));
    expect(linked).toMatchObject({
      repository: { root: at("linked"), kind: "worktree", commonDir: join(root, ".git") },
      head: { kind: "branch", branch: "side", sha: git(root, "rev-parse", "side") },
      originUrl: "u",
    });
    expect(otherWorktrees(linked.repository)).toEqual([root]);
    expect(otherWorktrees(facts(root).repository)).toEqual([at("linked")]);
    expect([trustRoot(at("linked")), trustRoot(root)]).toEqual([root, root]);
    rmSync(at("linked"), { recursive: true });
    expect(otherWorktrees(facts(root).repository)).toEqual([]);
  });

  it("in a submodule and in a repository kept apart", () => {
    const inner = repositoryAt(at("inner"));
    const root = repositoryAt(at("r"));
    git(root, "submodule", "add", "-q", inner, "libs/inner");
    expect(submodulePaths(facts(root).repository)).toEqual(["libs/inner"]);
    expect(facts(join(root, "libs/inner"))).toMatchObject({
      repository: { root: join(root, "libs/inner"), kind: "submodule" },
      head: { sha: git(inner, "rev-parse", "HEAD") },
      originUrl: inner,
    });
    expect(trustRoot(join(root, "libs/inner"))).toBe(join(root, "libs/inner"));
    mkdirSync(at("apart"));
    git(at("apart"), "init", "-q", "--separate-git-dir", at("store"));
    expect(facts(at("apart")).repository).toMatchObject({ kind: "separate", gitDir: at("store") });
  });

  it("with URLs rewritten by config of the user and the repository, and included files", () => {
    const root = repositoryAt(at("r"));
    git(root, "remote", "add", "origin", "gh:org/r.git");
    git(root, "remote", "add", "far", "other:x");
    writeFileSync(at("home/.gitconfig"), '[include]\n\tpath = more\n[url "https://a/"]\n\tinsteadOf = gh:\n');
    writeFileSync(at("home/more"), '[url "https://b/"]\n\tinsteadOf = gh:org/\n');
    expect(facts(root).originUrl).toBe(git(root, "remote", "get-url", "origin"));
    expect(facts(root).originUrl).toBe("https://b/r.git");
    expect(remoteUrls(root)).toEqual([
      { name: "origin", url: "https://b/r.git" },
      { name: "far", url: "other:x" },
    ]);
  });

  it("of commits and branches", async () => {
    const root = repositoryAt(at("r"));
    git(root, "commit", "--allow-empty", "-qm", "second: with | and \u001b");
    for (const name of ["zeta", "alpha"]) git(root, "branch", name);
    expect(await localBranches(root)).toEqual(["main", "alpha", "zeta"]);
    const commits = await recentCommits(root, 0);
    expect(commits.map((commit) => commit.subject)).toEqual(["second: with | and \u001b", "first"]);
    expect(commits[0]).toMatchObject({
      sha: git(root, "rev-parse", "HEAD"),
      time: Number(git(root, "log", "-1", "--format=%ct")),
    });
    expect(await recentCommits(root, 1)).toHaveLength(1);
    git(root, "branch", "-m", "main", "master");
    expect((await localBranches(root))[0]).toBe("master");
  });

  it("of the default branch: the remote's, else main, else master, else none", () => {
    const root = repositoryAt(at("r"));
    expect(defaultBranch(root)).toBe("main");
    git(root, "branch", "-m", "main", "master");
    expect(defaultBranch(root)).toBe("master");
    git(root, "branch", "-m", "master", "other");
    expect(defaultBranch(root)).toBeNull();
    git(root, "clone", "-q", root, at("clone"));
    expect(defaultBranch(at("clone"))).toBe("other");
    expect(defaultBranch(folder.path)).toBeNull();
  });

  it("of where branches part", async () => {
    const root = repositoryAt(at("r"));
    const base = git(root, "rev-parse", "HEAD");
    git(root, "branch", "topic");
    git(root, "commit", "--allow-empty", "-qm", "on main");
    const ahead = git(root, "rev-parse", "HEAD");
    expect(await mergeBaseWithHead(root, "topic")).toBe(base);
    expect(await mergeBaseWithHead(root, "none")).toBeNull();
    expect(await mergeBaseWithHead(root, "--output=x")).toBeNull();
    // A local main that is behind its upstream: the upstream is meant.
    git(root, "clone", "-q", root, at("clone"));
    git(at("clone"), "reset", "-q", "--hard", base);
    git(at("clone"), "switch", "-qc", "work", ahead);
    expect(await mergeBaseWithHead(at("clone"), "main")).toBe(ahead);
  });
});

describe("outside of a repository", () => {
  it.each([
    ["nothing", () => undefined],
    ["an empty .git", () => mkdirSync(at(".git"))],
    ["a .git without objects", () => write(folder.path, ".git/HEAD", "ref: refs/heads/main\n")],
    ["a pointer to nowhere", () => writeFileSync(at(".git"), "gitdir: nowhere\n")],
    ["a file that is no pointer", () => writeFileSync(at(".git"), "hello")],
    ["a link to itself", () => symlinkSync(".git", at(".git"))],
  ])("with %s there are no facts", async (_name, prepare) => {
    prepare();
    expect(findRepository(folder.path)).toBeNull();
    expect(readGitFacts(folder.path)).toBeNull();
    expect(trustRoot(folder.path)).toBeNull();
    expect(await currentBranch(folder.path)).toBeNull();
    expect(await recentCommits(at("nowhere"), 1)).toEqual([]);
    expect(await localBranches(folder.path)).toEqual([]);
    expect(await mergeBaseWithHead(folder.path, "main")).toBeNull();
    expect(remoteUrls(folder.path)).toEqual([]);
  });
});

describe("a damaged or hostile repository", () => {
  it.each([
    ["garbage", "garbage", { kind: "unknown" }],
    ["nothing", "", { kind: "unknown" }],
    ["the reftable placeholder", "ref: refs/heads/.invalid\n", { kind: "unknown" }],
    ["a way out", "ref: refs/heads/../../../secret\n", { kind: "branch", branch: "../../../secret", sha: null }],
    ["a name outside of refs", "ref: /etc/passwd\n", { kind: "branch", branch: "/etc/passwd", sha: null }],
    ["a ref to itself", "ref: refs/heads/loop\n", { kind: "branch", branch: "loop", sha: null }],
    ["a short id", "ref: refs/heads/short\n", { kind: "branch", branch: "short", sha: null }],
    ["a SHA-256 id", "a".repeat(64), { kind: "detached", sha: "a".repeat(64) }],
  ])("with HEAD that holds %s", (_name, head, expected) => {
    write(folder.path, ".git/HEAD", head);
    mkdirSync(at(".git/objects"));
    write(folder.path, ".git/refs/heads/loop", "ref: refs/heads/loop\n");
    write(folder.path, ".git/refs/heads/short", "abc\n");
    write(folder.path, "secret", "a".repeat(40));
    const repository = findRepository(folder.path);
    expect(repository && readHead(repository)).toEqual(expected);
  });
});
