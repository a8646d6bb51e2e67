import { describe, expect, it } from "vitest";
import { loadShellAnalysis, splitWords } from "../src/index.js";

const { isDangerous } = await loadShellAnalysis();
const words = (text: string) => splitWords(text) ?? [];

const FORCED = [
  "rm -f x",
  "rm -rf x",
  "rm -fr x",
  "rm -r -f x",
  "rm x -f",
  "rm --recursive --force x",
  "rm --for x",
  "/bin/rm -rf x",
  "git reset",
  "git reset --hard",
  "git rm x",
  "git -C sub reset --hard",
  "git --git-dir=x reset",
  "/usr/bin/git reset",
  "git push --force",
  "git push -f origin main",
  "git push --force-with-lease",
  "git push --mirror",
  "git push --delete origin x",
  "git push origin +main",
  "git push origin :main",
  "git clean -f",
  "git clean -fdx",
  "git clean -d --force",
  "git checkout -- a",
  "git checkout HEAD -- a",
  "git checkout .",
  "git checkout -f main",
  "git restore a",
  "git restore --staged --worktree a",
  "git switch --discard-changes main",
  "git stash drop",
  "git stash clear",
  "sudo rm -rf x",
  "sudo -u me rm -rf x",
  "sudo git reset",
  "env A=1 rm -rf x",
  "xargs rm -f",
  "nohup rm -rf x",
  "timeout 5 rm -rf x",
  "find . -exec rm -rf {} +",
  "bash -c 'rm -rf x'",
];

const HARMLESS = [
  "rm x",
  "rm -r x",
  "rm -- -f",
  "legit rm -f x",
  "legit reset",
  "git status",
  "git clean -n",
  "git clean -nf",
  "git checkout main",
  "git checkout -b x",
  "git restore --staged a",
  "git switch main",
  "git push",
  "git push origin main:main",
  "git stash",
  "git commit -m reset",
  "echo rm -rf x",
  "ls",
];

describe("dangerous", () => {
  it.each(FORCED)("%s", (command) => {
    expect(isDangerous(words(command), { platform: "linux" })).toBe(true);
  });

  it.each([
    ...FORCED,
    "ls && rm -rf x",
    "rm -rf x > /dev/null",
    "rm -rf $X",
    "rm -rf x # tidy",
    "(rm -rf x)",
    "if true; then rm -rf x; fi",
    "f() { rm -rf x; }; f",
    "echo $(rm -rf x)",
    'echo "`rm -rf x`"',
    "A=1 rm -rf x",
    "rm -rf x &",
    "! rm -rf x",
    "r\\m -rf x",
    "'rm' -rf x",
    "X=rm; $X -rf y",
    "X='-rf'; rm \"$X\" y",
    "eval 'rm -rf x'",
    "cat <(rm -rf x)",
    "time rm -rf x",
    "echo x | xargs rm -rf",
    "rm -rf x &&",
  ])("in a script: %s", (script) => {
    expect(isDangerous(["bash", "-lc", script], { platform: "linux" })).toBe(true);
  });
});

describe("not dangerous", () => {
  it.each(HARMLESS)("%s", (command) => {
    expect(isDangerous(words(command), { platform: "linux" })).toBe(false);
    expect(isDangerous(["bash", "-lc", command], { platform: "linux" })).toBe(false);
  });
});

describe("dangerous on Windows only", () => {
  it.each([
    [["powershell", "-Command", "Start-Process https://x.example"]],
    [["powershell", "-Command", "start 'https://x.example'"]],
    [["pwsh", "-c", "ii http://x.example"]],
    [["pwsh", "-c", "(New-Object -ComObject Shell.Application).ShellExecute('https://x.example')"]],
    [["pwsh", "-c", "mshta https://x.example"]],
    [["pwsh", "-c", "msedge.exe https://x.example"]],
    [["pwsh", "-c", "rundll32 url.dll,FileProtocolHandler https://x.example"]],
    [["pwsh", "-c", "Remove-Item x -Recurse -Force"]],
    [["pwsh", "-c", "ls; ri -Force:$true x"]],
    [["pwsh", "-c", "if (1) { rm x -Force }"]],
    [["cmd", "/c", "start https://x.example"]],
    [["cmd.exe", "/r", "del /f x"]],
    [["cmd", "/c", "erase", "x", "/F"]],
    [["cmd", "/c", "rd /s /q x"]],
    [["cmd", "/c", "rmdir /s/q x"]],
    [["cmd", "/c", "echo a&del /f x"]],
    [["cmd", "/c", "echo a||rd /s /q x"]],
    [["explorer", "https://x.example"]],
    [["C:\\Windows\\explorer.exe", "https://x.example"]],
    [["mshta.exe", "http://x.example"]],
    [["chrome", "https://x.example"]],
    [["rundll32.exe", "url.dll,FileProtocolHandler", "https://x.example"]],
  ])("%j", (argv) => {
    expect(isDangerous(argv, { platform: "win32" })).toBe(true);
    expect(isDangerous(argv, { platform: "linux" })).toBe(false);
  });

  it.each([
    [["powershell", "-Command", "Get-Content https.txt"]],
    [["powershell", "-Command", "Remove-Item x"]],
    [["powershell", "-Command", "Remove-Item x; ls -Force"]],
    [["powershell", "-Command", "Invoke-WebRequest https://x.example"]],
    [["cmd", "/c", "del x"]],
    [["cmd", "/c", "rd /s x"]],
    [["cmd", "/c", "start notepad"]],
    [["explorer", "."]],
  ])("not %j", (argv) => {
    expect(isDangerous(argv, { platform: "win32" })).toBe(false);
  });
});
