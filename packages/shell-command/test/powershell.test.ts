import { describe, expect, it } from "vitest";
import { loadShellAnalysis } from "../src/index.js";

const { isKnownSafe } = await loadShellAnalysis();
const windows = { platform: "win32" } as const;
const safe = (script: string) => isKnownSafe(["powershell.exe", "-NoProfile", "-Command", script], windows);

describe("a PowerShell script that only reads", () => {
  it.each([
    "Get-ChildItem",
    "dir",
    "ls -Recurse",
    "Get-Content a.txt | Measure-Object",
    "Get-Content 'a b.txt' | Select-String \"x y\"",
    "Get-Location; Get-ChildItem",
    "Get-Location\nGet-ChildItem",
    "Get-Location\r\nGet-ChildItem",
    "pwd && ls || cat x",
    "(Get-Content a) | Measure-Object",
    "Get-Content 'it''s'",
    "git status",
    "git --no-pager log -n 5",
    "git cat-file -p HEAD",
    "rg foo src",
    "Write-Output hi",
    "type C:\\x\\y.txt",
    "findstr /s foo *.txt",
  ])("%s", (script) => {
    expect(safe(script)).toBe(true);
  });
});

describe("a PowerShell script that is not known to only read", () => {
  it.each([
    "",
    "Remove-Item a",
    "Get-ChildItem > out",
    "Get-ChildItem >> out",
    "Get-Content a 2>&1",
    "& ls",
    ". ./a.ps1",
    "Get-Content $x",
    "Get-Content $(rm x)",
    "Get-Content (rm x)",
    "Get-Content @x",
    "Get-Content a,b",
    "ls | ForEach-Object { rm $_ }",
    "ls | % { rm $_ }",
    'Get-Content "$x"',
    'Get-Content "a`nb"',
    "Get-Content a`b",
    "[System.IO.File]::Delete('x')",
    "Get-Content a # c",
    "Get-Content <# c #> a",
    "if (1) { ls }",
    "function ls { rm x }",
    "Set-Content a b",
    "ls | Out-File x",
    "ls Out-File",
    "Start-Process x",
    "git fetch",
    "git branch -D x",
    "git diff --output=x",
    "git -c core.pager=x log",
    "git -C x status",
    "git cat-file --textconv HEAD:a",
    "rg --pre x y",
    "Get-Content 'open",
    "ls |",
    "| ls",
    "ls && ",
    "(ls",
    "ls)",
    "((ls))",
    "()",
    "Get-Content a'b'",
    "Get-Content 'a'b",
    "Get-Content \u2018a\u2019",
    "ls \u2013Recurse",
    "ls --% > x",
    "cmd /c dir",
    "./ls.ps1",
    "@'\nx\n'@",
    "Get-Content env:\u00a0x",
  ])("%j", (script) => {
    expect(safe(script)).toBe(false);
  });
});

describe("how PowerShell may be started", () => {
  it.each([
    [["pwsh", "-Command", "ls"]],
    [["pwsh", "-c", "ls"]],
    [["powershell", "/Command", "ls"]],
    [["powershell", "-NoLogo", "-noprofile", "-NonInteractive", "-Mta", "-Sta", "-Command", "ls"]],
    [["pwsh", "-Command:ls"]],
    [["pwsh", "Get-Content", "a"]],
    [["C:\\Program Files\\PowerShell\\7\\pwsh.exe", "-Command", "ls"]],
    [["C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe", "-Command", "ls"]],
  ])("%j", (argv) => {
    expect(isKnownSafe(argv, windows)).toBe(true);
  });

  it.each([
    [["pwsh"]],
    [["pwsh", "-Command"]],
    [["pwsh", "-Command", "ls", "x"]],
    [["pwsh", "-EncodedCommand", "bHM="]],
    [["pwsh", "-ec", "bHM="]],
    [["pwsh", "-File", "a.ps1"]],
    [["pwsh", "/File", "a.ps1"]],
    [["pwsh", "-WindowStyle", "Hidden", "-Command", "ls"]],
    [["pwsh", "-ExecutionPolicy", "Bypass", "-Command", "ls"]],
    [["pwsh", "-WorkingDirectory", "x", "-Command", "ls"]],
    [["pwsh", "-Unknown", "ls"]],
    [[".\\pwsh.exe", "-Command", "ls"]],
    [["C:\\Users\\me\\pwsh.exe", "-Command", "ls"]],
    [["C:\\Windows\\..\\Users\\me\\pwsh.exe", "-Command", "ls"]],
    [["cmd", "/c", "dir"]],
  ])("not %j", (argv) => {
    expect(isKnownSafe(argv, windows)).toBe(false);
  });

  it("is judged alike on every platform", () => {
    expect(isKnownSafe(["pwsh", "-Command", "Get-ChildItem"], { platform: "linux" })).toBe(true);
  });
});
