import { describe, expect, it } from "vitest";
import { loadShellAnalysis, splitWords } from "../src/index.js";

const { isDestructive } = await loadShellAnalysis();

describe("a checkpoint is taken before", () => {
  it.each([
    "rm x",
    "rm -r x",
    "rmdir x",
    "unlink x",
    "shred x",
    "truncate -s 0 x",
    "mv a b",
    "cp a b",
    "dd if=a of=b",
    "find . -delete",
    "find . -exec rm {} +",
    "sed -i s/a/b/ x",
    "sed -ni 1p x",
    "sed --in-place s/a/b/ x",
    "perl -pi -e s/a/b/ x",
    "rsync -a --delete a/ b",
    "tee x",
    "git reset --hard",
    "git checkout .",
    "git checkout main",
    "git restore a",
    "git clean -fd",
    "git stash",
    "git rebase main",
    "git apply x.patch",
    "git rm x",
    "sudo rm x",
    "bash -c 'rm x'",
  ])("%s", (command) => {
    expect(isDestructive(splitWords(command) ?? [])).toBe(true);
    expect(isDestructive(["bash", "-lc", command])).toBe(true);
  });

  it.each(["sort a > a", "echo x >| a", "make &> log", "ls >& log", "for f in *; do mv $f x; done"])(
    "the script %s",
    (script) => {
      expect(isDestructive(["bash", "-lc", script])).toBe(true);
    },
  );

  it.each([
    [["pwsh", "-c", "Remove-Item x"]],
    [["powershell.exe", "-Command", "ls | Out-File x"]],
    [["cmd", "/c", "del x"]],
    [["cmd.exe", "/c", "dir & move a b"]],
  ])("%j", (argv) => {
    expect(isDestructive(argv)).toBe(true);
  });
});

describe("no checkpoint is taken before", () => {
  it.each([
    "ls",
    "git status",
    "git commit -m x",
    "git add .",
    "npm test",
    "sed -n 1p x",
    "sed s/i/j/ x",
    "perl -ne print x",
    "cp -n a b",
    "tee -a x",
    "find . -name x",
    "dd if=a",
    "rsync -a a/ b",
  ])("%s", (command) => {
    expect(isDestructive(splitWords(command) ?? [])).toBe(false);
    expect(isDestructive(["bash", "-lc", command])).toBe(false);
  });

  it.each(["ls 2>/dev/null", "ls > /dev/null 2>&1", "echo x >> log", "cat < x", "echo x >&2"])(
    "the script %s",
    (script) => {
      expect(isDestructive(["bash", "-lc", script])).toBe(false);
    },
  );
});
