/** Command lines and the actions they are summarised to; `B` rows are scripts inside `bash -lc`. */

import type { ParsedCommand } from "@codex-ts/protocol";

const read = (cmd: string, name: string, path = name): ParsedCommand => ({ type: "read", cmd, name, path });
const list = (cmd: string, path: string | null = null): ParsedCommand => ({ type: "list_files", cmd, path });
const search = (cmd: string, query: string | null, path: string | null = null): ParsedCommand => ({
  type: "search",
  cmd,
  query,
  path,
});
const unknown = (cmd: string): ParsedCommand => ({ type: "unknown", cmd });

/** Scripts given to `bash -lc`. */
export const SCRIPTS: [script: string, actions: ParsedCommand[]][] = [
  ["git status | wc -l", [unknown("git status")]],
  ["echo foo > bar", [unknown("echo foo > bar")]],
  [
    "rg --version && node -v && pnpm -v && rg --files | wc -l && rg --files | head -n 40",
    [search("rg --version", null), unknown("node -v"), unknown("pnpm -v"), list("rg --files")],
  ],
  ['rg -n "navigate-to-route" -S', [search("rg -n navigate-to-route -S", "navigate-to-route")]],
  ['rg -n "BUG|FIXME" -S | head -n 200', [search("rg -n 'BUG|FIXME' -S", "BUG|FIXME")]],
  ["rg --files webview/src | sed -n", [list("rg --files webview/src", "webview")]],
  ["rg --files | head -n 50", [list("rg --files")]],
  [
    "rg -l Q presentation/src/main/java | xargs perl -pi -e 's/Q/R/g'",
    [search("rg -l Q presentation/src/main/java", "Q", "java"), unknown("xargs perl -pi -e s/Q/R/g")],
  ],
  ["cat webview/README.md", [read("cat webview/README.md", "README.md", "webview/README.md")]],
  ["bat --theme TwoDark README.md", [read("bat --theme TwoDark README.md", "README.md")]],
  ["less -p TODO README.md", [read("less -p TODO README.md", "README.md")]],
  ["more README.md", [read("more README.md", "README.md")]],
  ["cd foo && bar", [unknown("bar")]],
  ["ls -la | sed -n '1,120p'", [list("ls -la")]],
  ["head -n 50 Cargo.toml", [read("head -n 50 Cargo.toml", "Cargo.toml")]],
  ["head -n50 Cargo.toml", [read("head -n50 Cargo.toml", "Cargo.toml")]],
  ["head Cargo.toml", [read("head Cargo.toml", "Cargo.toml")]],
  [
    "cat tui/Cargo.toml | sed -n '1,200p'",
    [read("cat tui/Cargo.toml | sed -n '1,200p'", "Cargo.toml", "tui/Cargo.toml")],
  ],
  ["tail -n +522 README.md", [read("tail -n +522 README.md", "README.md")]],
  ["tail -n 30 README.md", [read("tail -n 30 README.md", "README.md")]],
  ["tail -n+10 README.md", [read("tail -n+10 README.md", "README.md")]],
  [
    'cd /a/b && rg -n "codex_api" codex-rs -S | head -n 50',
    [search("rg -n codex_api codex-rs -S", "codex_api", "codex-rs")],
  ],
  [`python -c "import os; print(os.listdir('.'))"`, [list(`python -c "import os; print(os.listdir('.'))"`)]],
  [`python -c "print('hello')"`, [unknown(`python -c "print('hello')"`)]],
  [
    "nl -ba core/src/parse_command.rs | sed -n '1200,1720p'",
    [read("nl -ba core/src/parse_command.rs | sed -n '1200,1720p'", "parse_command.rs", "core/src/parse_command.rs")],
  ],
  ["awk '{print $1}' Cargo.toml", [read("awk '{print $1}' Cargo.toml", "Cargo.toml")]],
  ['printf "\\n== x ==\\n"; cat -- a/Cargo.toml', [read("cat -- a/Cargo.toml", "Cargo.toml", "a/Cargo.toml")]],
  ["yes | rg --files", [list("rg --files")]],
  ["rg --files || true", [list("rg --files")]],
  [
    "pwd; ls -la; rg --files -g '!target' | wc -l; rg -n '^\\[workspace\\]' -n Cargo.toml || true; cargo --version",
    [
      unknown("pwd"),
      list("ls -la"),
      list("rg --files -g '!target'"),
      search(`rg -n '^'"\\\\[workspace\\\\]" -n Cargo.toml`, "^\\[workspace\\]", "Cargo.toml"),
      unknown("cargo --version"),
    ],
  ],
  ["echo A; exit 1", [unknown("exit 1")]],
  ["touch r.txt && printf z", [unknown("touch r.txt")]],
];

/** An argv as given: words, operators among them. */
export const ARGVS: [argv: string[], actions: ParsedCommand[]][] = [
  [["git", "status"], [unknown("git status")]],
  [["git", "grep", "-l", "TODO", "src"], [search("git grep -l TODO src", "TODO", "src")]],
  [["git", "ls-files"], [list("git ls-files")]],
  [["git", "ls-files", "--exclude", "target", "src"], [list("git ls-files --exclude target src", "src")]],
  [["rg", "--files-with-matches", "TODO", "src"], [search("rg --files-with-matches TODO src", "TODO", "src")]],
  [["rga", "-l", "TODO", "src"], [search("rga -l TODO src", "TODO", "src")]],
  [["zsh", "-lc", "cat README.md"], [read("cat README.md", "README.md")]],
  [["cd", "foo", "&&", "cat", "foo.txt"], [read("cat foo.txt", "foo.txt", "foo/foo.txt")]],
  [["cd", "--", "-weird", "&&", "cat", "foo.txt"], [read("cat foo.txt", "foo.txt", "-weird/foo.txt")]],
  [["cd", "dir1", "dir2", "&&", "cat", "foo.txt"], [read("cat foo.txt", "foo.txt", "dir2/foo.txt")]],
  [["eza", "--color=always", "src"], [list("eza '--color=always' src", "src")]],
  [["exa", "-I", "target", "."], [list("exa -I target .", ".")]],
  [["tree", "-L", "2", "src"], [list("tree -L 2 src", "src")]],
  [["du", "-d", "2", "."], [list("du -d 2 .", ".")]],
  [["npm", "run", "build"], [unknown("npm run build")]],
  [["grep", "-R", "X", "-n", "core/src/spawn.rs"], [search("grep -R X -n core/src/spawn.rs", "X", "spawn.rs")]],
  [["grep", "-R", "src/main.rs", "-n", "."], [search("grep -R src/main.rs -n .", "src/main.rs", ".")]],
  [["grep", "-R", "COD`EX", "-n"], [search("grep -R 'COD`EX' -n", "COD`EX")]],
  [["egrep", "-R", "TODO", "src"], [search("egrep -R TODO src", "TODO", "src")]],
  [["fgrep", "-l", "TODO", "src"], [search("fgrep -l TODO src", "TODO", "src")]],
  [["grep", "-L", "TODO", "src"], [search("grep -L TODO src", "TODO", "src")]],
  [["cd", "codex-rs", "&&", "rg", "--files"], [list("rg --files")]],
  [
    ["sed", "-n", "260,640p", "exec/src/e.rs", "|", "nl", "-ba"],
    [read("sed -n '260,640p' exec/src/e.rs", "e.rs", "exec/src/e.rs")],
  ],
  [["yes", "|", "rg", "-n", "foo bar", "-S"], [search("rg -n 'foo bar' -S", "foo bar")]],
  [["ls", "-I", "*.test.js"], [list("ls -I '*.test.js'")]],
  [
    ["rg", "foo", ";", "echo", "done"],
    [search("rg foo", "foo"), unknown("echo done")],
  ],
  [
    ["rg", "foo", "||", "echo", "done"],
    [search("rg foo", "foo"), unknown("echo done")],
  ],
  [["true", "&&", "rg", "--files"], [list("rg --files")]],
  [["rg", "--files", "&&", "true"], [list("rg --files")]],
  [["cat", "pkg\\src\\main.rs"], [read('cat "pkg\\\\src\\\\main.rs"', "main.rs", "pkg\\src\\main.rs")]],
  [["rg", "--colors=never", "-n", "foo", "src"], [search("rg '--colors=never' -n foo src", "foo", "src")]],
  [["ls", "--time-style=long-iso", "./dist"], [list("ls '--time-style=long-iso' ./dist", ".")]],
  [["fd", "-t", "f", "src/"], [list("fd -t f src/", "src")]],
  [["fd", "main", "src"], [search("fd main src", "main", "src")]],
  [["find", ".", "-name", "*.rs"], [search("find . -name '*.rs'", "*.rs", ".")]],
  [["find", "src", "-type", "f"], [list("find src -type f", "src")]],
  [["powershell", "-Command", "Get-ChildItem"], [unknown("Get-ChildItem")]],
  [["pwsh", "-NoProfile", "-c", "Write-Host hi"], [unknown("Write-Host hi")]],
];
