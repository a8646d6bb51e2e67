/** How work trees belong together: linked ones, submodules, and the folder that trust is recorded for. */

import { readdirSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { lastValue, parseGitConfig } from "./config-file.js";
import { findRepository, type Repository } from "./repository.js";
import { readTextIfPresent, statIfPresent } from "./small-files.js";

/**
 * The folder that trust in a work tree is recorded for: the main work tree's for linked ones, else its own. Links are
 * resolved where possible. Null outside of a repository.
 */
export function trustRoot(cwd: string): string | null {
  const repository = findRepository(cwd);
  if (repository === null) return null;
  const common = realPath(repository.commonDir);
  return basename(common) === ".git" ? dirname(common) : realPath(repository.root);
}

/** The other work trees of the repository that still exist: roots of linked ones, and the main one seen from a linked one. */
export function otherWorktrees(repository: Repository): string[] {
  const { commonDir, root } = repository;
  const main = basename(commonDir) === ".git" ? [dirname(commonDir)] : [];
  const linked = namesIn(join(commonDir, "worktrees")).flatMap((name) => {
    const pointer = readTextIfPresent(join(commonDir, "worktrees", name, "gitdir"))?.trim();
    return pointer ? [dirname(resolve(commonDir, "worktrees", name, pointer))] : [];
  });
  return [...main, ...linked].filter((found) => found !== root && statIfPresent(found)?.isDirectory());
}

/** Paths of the submodules that `.gitmodules` names, relative to the root; whether they are checked out or not. */
export function submodulePaths(repository: Repository): string[] {
  const entries = parseGitConfig(readTextIfPresent(join(repository.root, ".gitmodules")) ?? "");
  return entries.flatMap((entry) => (entry.section === "submodule" && entry.key === "path" ? [entry.value] : []));
}

/**
 * Files with ignore patterns that only this repository's git knows: `.git/info/exclude` and the repository's own
 * `core.excludesFile`. They may not exist.
 */
export function ownExcludeFiles(repository: Repository): string[] {
  const config = parseGitConfig(readTextIfPresent(join(repository.commonDir, "config")) ?? "");
  const own = lastValue(config, "core", null, "excludesfile");
  const info = join(repository.commonDir, "info", "exclude");
  return own === null ? [info] : [info, resolve(repository.root, own.replace(/^~(?=\/)/, homedir()))];
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // None, or not for us to see.
    return [];
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // It vanished meanwhile: its name is all there is.
    return path;
  }
}
