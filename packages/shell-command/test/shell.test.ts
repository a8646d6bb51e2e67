import { describe, expect, it } from "vitest";
import { detectUserShell, machineShellLookup, shellArgv, shellKind } from "../src/index.js";
import type { Shell, ShellLookup } from "../src/index.js";

/** A machine with some files, all of them on PATH. */
function machine(platform: NodeJS.Platform, login: string | null, files: string[]): ShellLookup {
  return {
    platform,
    loginShell: () => login,
    which: (program) => files.find((file) => file.endsWith(`/${program}`) || file.endsWith(`\\${program}.exe`)) ?? null,
    exists: (path) => files.includes(path),
  };
}

describe("the user's shell", () => {
  it.each<[string, ShellLookup, Shell]>([
    ["the login shell", machine("linux", "/bin/zsh", ["/bin/zsh", "/bin/bash"]), { kind: "zsh", path: "/bin/zsh" }],
    [
      "the login shell at its own path",
      machine("linux", "/opt/x/bash", ["/bin/bash", "/opt/x/bash"]),
      { kind: "bash", path: "/opt/x/bash" },
    ],
    [
      "a login PowerShell",
      machine("linux", "/usr/bin/pwsh", ["/usr/bin/pwsh"]),
      { kind: "powershell", path: "/usr/bin/pwsh" },
    ],
    ["a login sh", machine("linux", "/bin/sh", ["/bin/sh", "/bin/bash"]), { kind: "sh", path: "/bin/sh" }],
    [
      "another one of the kind when its path is gone",
      machine("linux", "/gone/zsh", ["/usr/bin/zsh", "/bin/bash"]),
      { kind: "zsh", path: "/usr/bin/zsh" },
    ],
    [
      "bash for fish on Linux",
      machine("linux", "/usr/bin/fish", ["/usr/bin/fish", "/bin/zsh", "/bin/bash"]),
      { kind: "bash", path: "/bin/bash" },
    ],
    [
      "zsh for fish on macOS",
      machine("darwin", "/usr/bin/fish", ["/bin/bash", "/bin/zsh"]),
      { kind: "zsh", path: "/bin/zsh" },
    ],
    ["bash for nologin", machine("linux", "/usr/sbin/nologin", ["/bin/bash"]), { kind: "bash", path: "/bin/bash" }],
    ["zsh where there is no bash", machine("linux", null, ["/usr/bin/zsh"]), { kind: "zsh", path: "/usr/bin/zsh" }],
    ["/bin/sh as the last resort", machine("linux", null, []), { kind: "sh", path: "/bin/sh" }],
    [
      "PowerShell 7 on Windows",
      machine("win32", null, ["C:\\p\\powershell.exe", "C:\\7\\pwsh.exe"]),
      { kind: "powershell", path: "C:\\7\\pwsh.exe" },
    ],
    [
      "Windows PowerShell without it",
      machine("win32", null, ["C:\\p\\powershell.exe"]),
      { kind: "powershell", path: "C:\\p\\powershell.exe" },
    ],
    ["cmd without both", machine("win32", null, []), { kind: "cmd", path: "cmd.exe" }],
  ])("is %s", (_, lookup, shell) => {
    expect(detectUserShell(lookup)).toEqual(shell);
  });

  it("is looked for in /bin when PATH does not lead there", () => {
    const lookup: ShellLookup = { ...machine("linux", null, ["/bin/bash"]), which: () => null };
    expect(detectUserShell(lookup)).toEqual({ kind: "bash", path: "/bin/bash" });
  });

  it.runIf(process.platform !== "win32")("is found on this machine as an existing file", () => {
    const shell = detectUserShell(machineShellLookup(process.env));
    expect(machineShellLookup(process.env).exists(shell.path)).toBe(true);
  });

  it("looks only in absolute folders of PATH", () => {
    const lookup = machineShellLookup({ PATH: ".:relative:/nowhere" });
    expect(lookup.which("sh")).toBeNull();
  });
});

describe("the kind of a shell", () => {
  it.each([
    ["/bin/bash", "bash"],
    ["/usr/local/bin/zsh", "zsh"],
    ["sh", "sh"],
    ["C:\\x\\pwsh.exe", "powershell"],
    ["PowerShell.EXE", "powershell"],
    ["cmd.exe", "cmd"],
    ["/usr/bin/fish", null],
    ["", null],
  ])("%s: %s", (path, kind) => {
    expect(shellKind(path)).toBe(kind);
  });
});

describe("the argv of a script", () => {
  it.each<[Shell["kind"], boolean, string[]]>([
    ["bash", true, ["P", "-lc", "S"]],
    ["bash", false, ["P", "-c", "S"]],
    ["zsh", true, ["P", "-lc", "S"]],
    ["zsh", false, ["P", "-c", "S"]],
    ["sh", true, ["P", "-lc", "S"]],
    ["sh", false, ["P", "-c", "S"]],
    ["powershell", true, ["P", "-Command", "S"]],
    ["powershell", false, ["P", "-NoProfile", "-Command", "S"]],
    ["cmd", true, ["P", "/c", "S"]],
    ["cmd", false, ["P", "/c", "S"]],
  ])("%s, login %s", (kind, login, argv) => {
    expect(shellArgv({ kind, path: "P" }, "S", { login })).toEqual(argv);
  });
});
