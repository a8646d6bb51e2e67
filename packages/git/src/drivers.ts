/** Finds the programs that a repository's own config names for filters and merges, so that they can be switched off. */

import { GitDriverError } from "./errors.js";
import { gitOutput, runGit, type RunGitOptions } from "./run-git.js";

const DRIVERS = String.raw`^(filter\..*\.(clean|smudge|process|required)|merge\..*\.driver)$`;

/**
 * `-c` settings under which no program of the repository's own config runs when files are read, compared or written. Drivers
 * of the user's own config (such as git-lfs) stay on: the user chose them, a cloned or unpacked repository did not.
 * @throws GitDriverError for a program that cannot be switched off, and what `gitOutput` throws: without the answer nothing
 * must be run
 */
export async function withoutLocalDrivers(options: RunGitOptions): Promise<string[]> {
  const args = ["config", "--show-scope", "--name-only", "-z", "--get-regexp", DRIVERS];
  const listing = await listed(args, options);
  const fields = listing.split("\0");
  const settings = new Set<string>();
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const name = fields[at + 1];
    if (fields[at] === "global" || fields[at] === "system" || fields[at] === "command" || name === undefined) continue;
    // Git takes the first `=` of a setting for the end of its name; other ways to give it are not known to every git.
    if (name.includes("=")) throw new GitDriverError(name);
    settings.add(`${name}=${offValue(name)}`);
  }
  return [...settings];
}

async function listed(args: readonly string[], options: RunGitOptions): Promise<string> {
  const { exitCode, stdout } = await runGit(args, options);
  // 1: no such setting anywhere.
  return exitCode === 1 ? "" : exitCode === 0 ? stdout.toString() : (await gitOutput(args, options)).toString();
}

/** A merge without program is a conflict; a filter without program changes nothing. */
function offValue(name: string): string {
  if (name.endsWith(".required")) return "false";
  return name.startsWith("merge.") ? "false" : "";
}
