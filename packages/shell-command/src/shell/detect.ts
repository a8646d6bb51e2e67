/** Finds the user's shell: the one from the password database, or the best that is installed. */

import { shellKind } from "./shell.js";
import type { Shell, ShellKind } from "./shell.js";

/** What detection asks of the machine; {@link machineShellLookup} is the real one. */
export interface ShellLookup {
  platform: NodeJS.Platform;
  /** The login shell in the password database; null when it has none. Not `$SHELL`: that is the caller's. */
  loginShell(): string | null;
  /** The absolute path of a program found by PATH, or null. */
  which(program: string): string | null;
  /** Whether a file exists at the absolute path. */
  exists(path: string): boolean;
}

/**
 * The user's own shell if it is of a known kind and exists; otherwise the best one installed:
 * macOS zsh then bash, other Unix bash then zsh, Windows PowerShell 7, Windows PowerShell, then cmd.
 * The last resort is `/bin/sh` (`cmd.exe`).
 */
export function detectUserShell(lookup: ShellLookup): Shell {
  if (lookup.platform === "win32") return windowsShell(lookup);
  const own = lookup.loginShell();
  const kind = own === null ? null : shellKind(own);
  if (own !== null && kind !== null && lookup.exists(own)) return { kind, path: own };
  const preferred: readonly ShellKind[] = lookup.platform === "darwin" ? ["zsh", "bash"] : ["bash", "zsh"];
  // A known shell whose path is gone is still looked for elsewhere before another kind.
  for (const candidate of kind === null ? preferred : [kind, ...preferred]) {
    const path = findUnixShell(candidate, lookup);
    if (path !== null) return { kind: candidate, path };
  }
  return { kind: "sh", path: "/bin/sh" };
}

function findUnixShell(kind: ShellKind, lookup: ShellLookup): string | null {
  const name = kind === "powershell" ? "pwsh" : kind;
  const inBin = `/bin/${name}`;
  return lookup.which(name) ?? (lookup.exists(inBin) ? inBin : null);
}

function windowsShell(lookup: ShellLookup): Shell {
  const powerShell = lookup.which("pwsh") ?? lookup.which("powershell");
  if (powerShell !== null) return { kind: "powershell", path: powerShell };
  return { kind: "cmd", path: lookup.which("cmd") ?? "cmd.exe" };
}
