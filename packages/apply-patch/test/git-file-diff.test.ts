import { spawnSync } from "node:child_process";
import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type FileVersion, gitFileDiff } from "../src/index.js";
import { temporaryTree } from "./temporary-tree.js";

const file = (content: string, mode: FileVersion["mode"] = "100644"): FileVersion => ({
  content: Buffer.from(content),
  mode,
});
const same = { oldPath: "f.txt", newPath: "f.txt" };
const BEFORE = file("1\n2\n3\n4\n5\n6\n7\n8\n9\n");
const AFTER = file("1\n2\n3\n4\nfive\n6\n7\n8\n9\n");

describe("one file's diff", () => {
  it("is empty when nothing differs", async () => {
    expect(await gitFileDiff({ ...same, before: BEFORE, after: BEFORE })).toBe("");
    expect(await gitFileDiff({ ...same, before: null, after: null })).toBe("");
  });

  it("names both paths of a move, without rename lines", async () => {
    const diff = await gitFileDiff({
      oldPath: "f.txt",
      newPath: "g.txt",
      before: file("a\n", "100755"),
      after: file("b\n"),
    });
    expect(diff).toBe(
      "diff --git a/f.txt b/g.txt\nold mode 100755\nnew mode 100644\n" +
        "index 78981922613b2afb6025042ff6bd878ac1994e85..61780798228d17af2d34fce4cfbdf35556832472\n" +
        "--- a/f.txt\n+++ b/g.txt\n@@ -1 +1 @@\n-a\n+b\n",
    );
  });

  it("does not show what is not UTF-8", async () => {
    const diff = await gitFileDiff({ ...same, before: null, after: { content: Buffer.from([0xff]), mode: "100644" } });
    expect(diff).toBe(
      `diff --git a/f.txt b/f.txt\nnew file mode 100644\nindex ${"0".repeat(40)}..ce542efaa5124a0437f0c4db329d7ec4b7ba70a7\n` +
        "--- /dev/null\n+++ b/f.txt\nBinary files differ\n",
    );
  });

  const hasGit = spawnSync("git", ["--version"]).status === 0;
  it.skipIf(!hasGit).each([
    { name: "a change", before: BEFORE, after: AFTER },
    { name: "an added file", before: null, after: AFTER },
    { name: "an added empty file", before: null, after: file("") },
    { name: "a deleted file", before: BEFORE, after: null },
    { name: "a change of content and mode", before: BEFORE, after: { ...AFTER, mode: "100755" as const } },
    { name: "a lost line feed at the end", before: file("a\n"), after: file("a") },
  ])("says of $name what git says", async ({ before, after }) => {
    const said = gitSays(before, after);
    expect(await gitFileDiff({ ...same, before, after })).toBe(said);
  });
});

/** `git diff` of the same change; Git writes the mode behind the blobs' ids when it does not change. */
function gitSays(before: FileVersion | null, after: FileVersion | null): string {
  const folder = temporaryTree();
  const git = (...args: string[]) =>
    spawnSync("git", ["-c", "core.fileMode=true", "-c", "core.autocrlf=false", ...args], {
      cwd: folder,
      encoding: "utf8",
    });
  const put = (version: FileVersion | null) => {
    rmSync(join(folder, "f.txt"), { force: true });
    if (version === null) return;
    writeFileSync(join(folder, "f.txt"), version.content);
    chmodSync(join(folder, "f.txt"), version.mode === "100755" ? 0o755 : 0o644);
  };
  git("init", "-q");
  put(before);
  git("add", "-A");
  const tree = git("write-tree").stdout.trim();
  put(after);
  git("add", "-A");
  return git("diff", "--cached", "--full-index", "--no-ext-diff", tree).stdout.replace(/^(index \S+) \d+$/m, "$1");
}
