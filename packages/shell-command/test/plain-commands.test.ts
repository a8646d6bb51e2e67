import { describe, expect, it } from "vitest";
import { loadShellAnalysis } from "../src/index.js";

const { plainCommands } = await loadShellAnalysis();
const bash = (script: string) => plainCommands(["/bin/bash", "-lc", script]);

describe("a plain script gives its simple commands", () => {
  it.each<[string, string[][]]>([
    ["ls && pwd; echo 'hi there' | wc -l", [["ls"], ["pwd"], ["echo", "hi there"], ["wc", "-l"]]],
    ["ls\npwd", [["ls"], ["pwd"]]],
    ["ls &&\npwd ||\n\nid", [["ls"], ["pwd"], ["id"]]],
    ['git commit -m "line1\nline2"', [["git", "commit", "-m", "line1\nline2"]]],
    [`echo "/usr"'/'"local"/bin`, [["echo", "/usr/local/bin"]]],
    ['rg -n "foo" -g"*.py"', [["rg", "-n", "foo", "-g*.py"]]],
    ["ls;", [["ls"]]],
    ['echo ""', [["echo", ""]]],
    ['echo "a\\"b"', [["echo", 'a\\"b']]],
    ["ls a\\ b", [["ls", "a\\ b"]]],
    ["ls *.txt ~ a{b,c}", [["ls", "*.txt", "~", "a{b,c}"]]],
    ["find . \\( -name a \\) ! -name b", [["find", ".", "\\(", "-name", "a", "\\)", "!", "-name", "b"]]],
    ['echo \\$x "\\$x" "a\\`b"', [["echo", "\\$x", "\\$x", "a\\`b"]]],
    ["ls a \\\n b", [["ls", "a", "b"]]],
    ["time ls", [["time", "ls"]]],
    ["time -p ls | wc", [["time", "-p", "ls"], ["wc"]]],
    ["  ls  ", [["ls"]]],
    ["echo a#b =x --a=b", [["echo", "a#b", "=x", "--a=b"]]],
    ["", []],
    [" \n ", []],
  ])("%j", (script, commands) => {
    expect(bash(script)).toEqual(commands);
  });
});

describe("a script with anything else is not plain", () => {
  it.each([
    "(ls)",
    "ls || (pwd && echo hi)",
    "{ ls; }",
    "ls > out",
    "ls 2>&1",
    "cat <<EOF\nx\nEOF",
    "cat < f",
    "cat <<< x",
    "echo hi & echo bye",
    "ls |& cat",
    "echo $(pwd)",
    "echo `pwd`",
    'echo "`pwd`"',
    "echo $HOME",
    'echo "hi $USER"',
    'echo "${x}"',
    "echo $((1+1))",
    "echo $'x'",
    'echo $"x"',
    'rg -g"$V" p',
    "FOO=bar ls",
    "export A=1",
    "declare A",
    "unset A",
    "! ls",
    "if true; then ls; fi",
    "for i in a; do ls; done",
    "while false; do ls; done",
    "case a in b) ls;; esac",
    "f() { ls; }",
    "function f { ls; }",
    "coproc ls",
    "[ a = b ]",
    "[[ a = b ]]",
    "((1))",
    "ls; # c",
    "# c\nls",
    "'ls'",
    '"ls"',
    'l"s"',
    "l*",
    "ls &&",
    "&& ls",
    "ls ;; pwd",
    "ls ; ; pwd",
    'ls "open',
    "ls 'open",
    "ls )",
    "ls {1..3}",
    "ls @(a|b)",
    "ls *(e:x:)",
    "ls <(pwd)",
    "ls a\\\nb",
    "ls\r\npwd",
    "1 ls",
    "echo a$",
  ])("%j", (script) => {
    expect(bash(script)).toBeNull();
  });
});

describe("the form of the argv", () => {
  it.each([
    [["bash", "-lc", "ls"]],
    [["bash", "-c", "ls"]],
    [["zsh", "-lc", "ls"]],
    [["/usr/bin/sh", "-c", "ls"]],
    [["C:\\Program Files\\Git\\bin\\bash.exe", "-lc", "ls"]],
  ])("%j is read", (argv) => {
    expect(plainCommands(argv)).toEqual([["ls"]]);
  });

  it.each([
    [["bash", "-lc", "git", "status"]],
    [["bash", "-cl", "ls"]],
    [["bash", "ls"]],
    [["fish", "-c", "ls"]],
    [["ls"]],
    [[]],
  ])("%j is not", (argv) => {
    expect(plainCommands(argv)).toBeNull();
  });
});
