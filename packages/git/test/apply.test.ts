import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applyDiff, NotARepositoryError, parseApplyOutput, pathsInDiff } from "../src/index.js";
import { git, hasGitHere, repositoryAt, useFolder, write } from "./repositories.js";

const folder = useFolder();
const EDIT = `diff --git a/a.txt b/a.txt
--- a/a.txt
+++ b/a.txt
@@ -1,3 +1,3 @@
 one
-two
+TWO
 three
`;

describe("what git apply prints", () => {
  it.each<[string, string, string[], string[], string[]]>([
    ["a clean file", "Applied patch to 'a b.txt' cleanly.", ["a b.txt"], [], []],
    ["the older words", "Applied patch a.txt cleanly.", ["a.txt"], [], []],
    ["a conflict", "Applied patch to 'a.txt' with conflicts.\nU a.txt", [], [], ["a.txt"]],
    ["rejects", "Applying patch a.txt with 2 rejects...", [], [], ["a.txt"]],
    ["one reject", "Applying patch a.txt with 1 reject...", [], [], ["a.txt"]],
    ["a binary conflict", "warning: Cannot merge binary files: i.png (ours vs. theirs)", [], [], ["i.png"]],
    [
      "a patch that does not fit",
      "error: patch failed: a.txt:1\nerror: a.txt: patch does not apply",
      [],
      ["a.txt"],
      [],
    ],
    ["an index that differs", "error: a.txt: does not match index", [], ["a.txt"], []],
    ["a file that is not there", "error: a.txt: does not exist in index", [], ["a.txt"], []],
    ["a file that is there", "error: a.txt: already exists in working directory", [], ["a.txt"], []],
    ["a renamed file", "error: path a.txt has been renamed/deleted", [], ["a.txt"], []],
    [
      "binary patches",
      "error: cannot apply binary patch to 'a' without full index line\nerror: binary patch does not apply to 'b'\nerror: binary patch to 'c' creates incorrect result\nerror: cannot read the current contents of 'd'",
      [],
      ["a", "b", "c", "d"],
      [],
    ],
    ["a skipped one", "Skipped patch 'a.txt'.", [], ["a.txt"], []],
    [
      "a merge that was not possible",
      "Checking patch a.txt...\nerror: repository lacks the necessary blob to perform 3-way merge.",
      [],
      ["a.txt"],
      [],
    ],
    ["a merge that failed", "Checking patch a.txt...\nFailed to perform three-way merge...", [], ["a.txt"], []],
    ["letter case", "APPLIED PATCH TO 'a' CLEANLY.", ["a"], [], []],
    [
      "a conflict beats clean beats skipped",
      "Applied patch to 'a' cleanly.\nerror: patch failed: a:1\nU a\nApplied patch to 'b' cleanly.\nerror: b: patch does not apply",
      ["b"],
      [],
      ["a"],
    ],
    ["quoted names", 'Applied patch to "d\\303\\251j\\303\\240 \\"vu\\"\\t.txt" cleanly.', ['déjà "vu"\t.txt'], [], []],
    ["many, sorted", "U z\nU y\nU z", [], [], ["y", "z"]],
    ["nothing of interest", "hello\n\nwarning: 1 line adds whitespace errors.", [], [], []],
  ])("about %s", (_name, output, applied, skipped, conflicted) => {
    expect(parseApplyOutput(output)).toEqual({ applied, skipped, conflicted });
  });

  it.each<[string, string[]]>([
    ["diff --git a/x b/x\n", ["x"]],
    ["diff --git a/old b/new\r\n", ["new", "old"]],
    ["diff --git a/a b.txt b/a b.txt\n", ["a b.txt"]],
    ['diff --git "a/\\303\\251" "b/\\303\\251"\n', ["é"]],
    ["diff --git a/x /dev/null\n", ["x"]],
    ["--- a/x\n+++ b/x\n", []],
    ["diff --git nonsense", []],
  ])("the paths of %j are %j", (diff, paths) => {
    expect(pathsInDiff(diff)).toEqual(paths);
  });
});

describe.skipIf(!hasGitHere)("applying a diff", () => {
  it("changes and stages the file, from a folder inside, and says what was run", async () => {
    const root = repositoryAt(join(folder.path, "r"));
    write(root, "sub/x", "");
    const result = await applyDiff({
      cwd: join(root, "sub"),
      diff: EDIT,
      gitConfig: "core.safecrlf=false, user.name=A B,junk",
    });
    expect(result).toMatchObject({ exitCode: 0, applied: ["a.txt"], skipped: [], conflicted: [] });
    expect(result.command).toMatch(
      new RegExp(`^\\(cd ${root} && git -c core\\.safecrlf=false -c 'user\\.name=A B' apply --3way .*patch\\.diff\\)$`),
    );
    expect(git(root, "status", "--porcelain", "a.txt")).toBe("M  a.txt");
  });

  it("takes it back", async () => {
    const root = repositoryAt(join(folder.path, "r"));
    await applyDiff({ cwd: root, diff: EDIT });
    const back = await applyDiff({ cwd: root, diff: EDIT, revert: true });
    expect(back).toMatchObject({ exitCode: 0, applied: ["a.txt"] });
    expect(readFileSync(join(root, "a.txt"), "utf8")).toBe("one\ntwo\nthree\n");
  });

  it("takes back what was never staged", async () => {
    const root = repositoryAt(join(folder.path, "r"));
    write(root, "a.txt", "one\nTWO\nthree\n");
    expect(await applyDiff({ cwd: root, diff: EDIT, revert: true })).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(root, "a.txt"), "utf8")).toBe("one\ntwo\nthree\n");
  });

  it.each([
    ["applies", EDIT, 0],
    ["does not apply", EDIT.replace("-two", "-2"), 1],
  ])("looks whether it %s and changes nothing", async (_name, diff, exitCode) => {
    const root = repositoryAt(join(folder.path, "r"));
    expect(await applyDiff({ cwd: root, diff, preflight: true })).toMatchObject({ exitCode });
    expect(git(root, "status", "--porcelain")).toBe("");
  });

  it("leaves conflicts in the file", async () => {
    const root = repositoryAt(join(folder.path, "r"));
    const blob = git(root, "rev-parse", "--short", "HEAD:a.txt");
    write(root, "a.txt", "one\n2\nthree\n");
    git(root, "commit", "-qam", "other");
    const diff = EDIT.replace("--- a/a.txt", `index ${blob}..1234567 100644\n--- a/a.txt`);
    expect(await applyDiff({ cwd: root, diff })).toMatchObject({ conflicted: ["a.txt"], applied: [] });
    expect(readFileSync(join(root, "a.txt"), "utf8")).toContain("<<<<<<<");
  });

  it("refuses outside of a repository with git's words", async () => {
    await expect(applyDiff({ cwd: folder.path, diff: EDIT })).rejects.toThrow(NotARepositoryError);
    await expect(applyDiff({ cwd: folder.path, diff: EDIT })).rejects.toThrow(
      /^not a git repository \(exit 128\): fatal: /,
    );
  });

  it("does not write outside of the work tree", async () => {
    const root = repositoryAt(join(folder.path, "r"));
    const diff = "diff --git a/../out b/../out\nnew file mode 100644\n--- /dev/null\n+++ b/../out\n@@ -0,0 +1 @@\n+x\n";
    expect(await applyDiff({ cwd: root, diff })).not.toMatchObject({ exitCode: 0 });
    expect(existsSync(join(folder.path, "out"))).toBe(false);
  });
});
