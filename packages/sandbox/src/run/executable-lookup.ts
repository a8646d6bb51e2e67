/** Finds out why a command could not be executed, when the wrapper does not say. */

import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

/** `found`, or the shell's reason and exit code for a command that cannot be started. */
export type Lookup = { found: true } | { found: false; code: 126 | 127; reason: string };

/** Looks up a program as execvp does. */
export function lookUpExecutable(program: string, searchPath: string | undefined, cwd: string): Lookup {
  const names = program.includes("/")
    ? [path.resolve(cwd, program)]
    : (searchPath ?? "/usr/local/bin:/usr/bin:/bin").split(":").map((folder) => path.resolve(cwd, folder, program));
  if (names.some(isExecutable)) {
    return { found: true };
  }
  return program !== "" && names.some((name) => statSync(name, { throwIfNoEntry: false }) !== undefined)
    ? { found: false, code: 126, reason: `${program}: Permission denied` }
    : { found: false, code: 127, reason: `${program}: No such file or directory` };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Missing or without the right to execute: the caller tells which.
    return false;
  }
}
