/** The user's shell, and how it is given a script. */

import { fileStem } from "../script/shell-call.js";

/** The kinds of shell whose command line is known. */
export type ShellKind = "bash" | "zsh" | "sh" | "powershell" | "cmd";

/** A shell on this machine. */
export interface Shell {
  kind: ShellKind;
  /** Absolute path, or a bare name where none was found. */
  path: string;
}

/** The kind of shell behind a path, by the file's stem; null when it is not known (fish, nologin). */
export function shellKind(path: string): ShellKind | null {
  switch (fileStem(path).toLowerCase()) {
    case "bash":
      return "bash";
    case "zsh":
      return "zsh";
    case "sh":
      return "sh";
    case "pwsh":
    case "powershell":
      return "powershell";
    case "cmd":
      return "cmd";
    default:
      return null;
  }
}

/** How a script is to be run. */
export interface ShellArgvOptions {
  /** Whether the shell reads the user's login files (PowerShell: the profile). cmd has no such thing. */
  login: boolean;
}

/** The argv that runs `script` in `shell`. */
export function shellArgv(shell: Shell, script: string, { login }: ShellArgvOptions): string[] {
  switch (shell.kind) {
    case "bash":
    case "zsh":
    case "sh":
      return [shell.path, login ? "-lc" : "-c", script];
    case "powershell":
      return login ? [shell.path, "-Command", script] : [shell.path, "-NoProfile", "-Command", script];
    case "cmd":
      return [shell.path, "/c", script];
  }
}
