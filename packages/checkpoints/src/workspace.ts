/** Which folder is covered when somebody works in one, and whether it may be. */

import { realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, relative, sep } from "node:path";
import { findRepository, hasGit } from "@codex-ts/git";
import { NotCoveredError } from "./errors.js";

/**
 * The top of the work tree around a folder, or the folder itself.
 * @throws NotCoveredError when snapshots of it make no sense or cannot be kept
 */
export function workspaceRoot(cwd: string, home: string = homedir()): string {
  if (!hasGit()) {
    throw new NotCoveredError("no-git", "Undo is off: checkpoints are kept with git, and git is not installed.");
  }
  const root = realpathSync(findRepository(cwd)?.root ?? cwd);
  if (dirname(root) === root || isInside(realPath(home), root)) {
    throw new NotCoveredError(
      "not-a-project",
      `Undo is off: ${root} is not a project folder but holds your home folder.`,
    );
  }
  return root;
}

/** Whether a path is a folder or lies in it. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !way.startsWith(sep) && !/^[A-Za-z]:/.test(way));
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // A home that does not exist holds no workspace.
    return path;
  }
}
