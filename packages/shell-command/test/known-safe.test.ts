import { describe, expect, it } from "vitest";
import { loadShellAnalysis, splitWords } from "../src/index.js";

const { isKnownSafe } = await loadShellAnalysis();
const linux = { platform: "linux" } as const;
const words = (text: string) => splitWords(text) ?? [];

describe("known safe, given as words", () => {
  it.each([
    ..."cat cd cut echo expr false grep head id ls nl paste pwd rev seq stat tail tr true uname uniq wc which whoami".split(
      " ",
    ),
    "numfmt 1",
    "tac a",
    "/usr/bin/ls",
    "/bin/cat a",
    "base64",
    "base64 -d a",
    "find . -name f",
    "find . -type f -print",
    "rg Cargo.toml -n",
    "rg -A3 z",
    "rg -ez a",
    "rg --pre-glob x y",
    "rg -- -z",
    "git status",
    "git status --short",
    "git log --oneline -n 5",
    "git log --text -p",
    "git diff --stat HEAD~1",
    "git diff --output-indicator-new=x",
    "git diff --no-ext-diff",
    "git show HEAD:a",
    "git branch",
    "git branch -a -vv",
    "git branch --list 'x*'",
    "git branch --contains HEAD",
    "git branch --sort=-committerdate --format '%(refname)'",
    "git branch --show-current",
    "cargo check",
    "cargo check --workspace -p x",
    "sed -n 1,5p f",
    "sed -n 5p",
    "sed -n 5p -",
    "nl -nrz f",
    "uniq -c a",
    "uniq -f 1 a",
  ])("%s", (command) => {
    expect(isKnownSafe(words(command), linux)).toBe(true);
  });
});

describe("not known safe, given as words", () => {
  it.each([
    "",
    "printf x",
    "sort a",
    "awk x",
    "xargs ls",
    "tee a",
    "env",
    "date",
    "tree",
    "file a",
    "du",
    "LS",
    "git",
    "git grep x",
    "git fetch",
    "git push",
    "git -C . status",
    "git -c core.pager=x log",
    "git -p log",
    "git --no-pager log",
    "git log -c",
    "git diff --output=f",
    "git diff --output f",
    "git diff --outp=f",
    "git show --ext-diff",
    "git show --ext",
    "git log --textconv",
    "git log --show-signature",
    "git status --help",
    "git branch -D x",
    "git branch -d x",
    "git branch -m x",
    "git branch -M x",
    "git branch -f x HEAD~1",
    "git branch x",
    "git branch --delete x",
    "git branch --edit-description",
    "git branch --set-upstream-to=o/m",
    "git branch -u o/m",
    "find . -delete",
    "find . -exec ls {} +",
    "find . -execdir ls {} +",
    "find . -ok ls {} +",
    "find . -okdir ls {} +",
    "find . -fls x",
    "find . -fprint x",
    "find . -fprint0 x",
    "find . -fprintf x y",
    "rg --pre x f",
    "rg --pre=x f",
    "rg --hostname-bin x f",
    "rg --hostname-bin=x f",
    "rg --search-zip f",
    "rg -z f",
    "rg -nz f",
    "base64 -o x",
    "base64 -ox",
    "base64 -do x",
    "base64 --output x",
    "base64 --output=x",
    "base64 --out=x",
    "cargo build",
    "cargo +nightly check",
    "cargo check --config build.rustc-wrapper=x",
    "cargo check --target-dir /x",
    "cargo check --manifest-path /x/Cargo.toml",
    "sed -n xp f",
    "sed -n 1,5p f g",
    "sed -n 1p -i",
    "sed -n 1p -fscript",
    "sed 1p f",
    "uniq a b",
    "uniq -c a b",
    "uniq -- a b",
    "./ls",
    "bin/cat a",
    "/home/me/bin/ls",
    "/tmp/ls",
    "../bin/ls",
    "/usr/bin/../../tmp/ls",
    "cmd /c dir",
  ])("%s", (command) => {
    expect(isKnownSafe(words(command), linux)).toBe(false);
  });

  it.each(["numfmt 1", "tac a"])("%s, where it is not the one of Linux", (command) => {
    expect(isKnownSafe(words(command), { platform: "darwin" })).toBe(false);
  });
});

describe("known safe, given as a script", () => {
  it.each([
    'grep -R "x" -n || true',
    "ls | wc -l",
    "cd src && ls",
    "git status; cd src",
    "ls *.ts a{b,c}",
    "find ./*.ts -name x",
    "rg x src/*.ts",
    "bash -c 'ls | wc -l'",
    "find . \\( -name a -o -name b \\)",
  ])("%s", (script) => {
    expect(isKnownSafe(["bash", "-lc", script], linux)).toBe(true);
    expect(isKnownSafe(["zsh", "-lc", script], linux)).toBe(true);
  });
});

describe("not known safe, given as a script", () => {
  it.each([
    "",
    "'git status'",
    "ls && rm -rf /",
    "(ls)",
    "ls > out.txt",
    "ls $(rm x)",
    "ls # c",
    "bash -c 'ls > x'",
    "./bash -c ls",
    "ls; ./ls",
  ])("%s", (script) => {
    expect(isKnownSafe(["bash", "-lc", script], linux)).toBe(false);
  });

  it.each([
    ["an escape inside an option", "find . -dele\\te"],
    ["an option made by braces", "rg --pr{e=x,y} z"],
    ["an option made by braces", "git diff --outp{ut=x,} a"],
    ["a pattern that may match a file named like an option", "find *"],
    ["a pattern that may match a file named like an option", "rg x *.ts"],
    ["a pattern that may match a file named like an option", 'rg x ""*'],
    ["a pattern behind a dash", "find . -del*"],
    ["a pattern behind an escaped dash", "find . \\-del*"],
    ["Git in a folder that may hold its own repository", "cd sub && git status"],
  ])("%s: %s", (_, script) => {
    expect(isKnownSafe(["bash", "-lc", script], linux)).toBe(false);
  });

  it("more words than a script", () => {
    expect(isKnownSafe(["bash", "-lc", "git", "status"], linux)).toBe(false);
  });
});

describe("which shell may be trusted", () => {
  it.each([
    ["bash", true],
    ["/bin/bash", true],
    ["/opt/homebrew/bin/zsh", true],
    ["./bash", false],
    ["/tmp/bash", false],
  ])("%s: %s", (shell, safe) => {
    expect(isKnownSafe([shell, "-lc", "ls"], linux)).toBe(safe);
  });

  it("the user's own shell, wherever it lies", () => {
    const shell = "/home/me/.nix-profile/bin/zsh";
    expect(isKnownSafe([shell, "-lc", "ls"], linux)).toBe(false);
    expect(isKnownSafe([shell, "-lc", "ls"], { ...linux, userShell: shell })).toBe(true);
  });
});
