/** Finds the repository around a folder by looking at files: no git process. Formats: gitrepository-layout(5). */

import { dirname, join, resolve } from "node:path";
import { readTextIfPresent, statIfPresent } from "./small-files.js";

/** Where a work tree keeps its parts. */
export interface Repository {
  /** The work tree's top folder. */
  root: string;
  /** HEAD and index live here; differs from `commonDir` in a linked work tree. */
  gitDir: string;
  /** Refs, objects and config live here. */
  commonDir: string;
  /** A linked work tree shares its refs with a main one; a submodule lives in another repository's work tree. */
  kind: "main" | "worktree" | "submodule" | "separate";
}

/**
 * The work tree that `cwd` lies in, or null outside of one. Only `.git` entries that look like a repository count, as
 * for git itself. Symlinks in `cwd` are not resolved.
 */
export function findRepository(cwd: string): Repository | null {
  let folder = resolve(cwd);
  for (;;) {
    const found = repositoryAt(folder);
    if (found) return found;
    const parent = dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
}

function repositoryAt(root: string): Repository | null {
  const entry = join(root, ".git");
  const stat = statIfPresent(entry);
  if (!stat) return null;
  const gitDir = stat.isDirectory() ? entry : pointedAt(root, entry);
  if (gitDir === null || !statIfPresent(join(gitDir, "HEAD"))) return null;
  const commonDir = commonDirOf(gitDir);
  if (!statIfPresent(join(commonDir, "objects"))) return null;
  return { root, gitDir, commonDir, kind: stat.isDirectory() ? "main" : kindOf(gitDir, commonDir) };
}

/** Follows a `.git` file: `gitdir: <path>`, relative to the work tree. */
function pointedAt(root: string, file: string): string | null {
  const text = readTextIfPresent(file);
  const match = text === null ? null : /^gitdir: (.*?)[\r\n]*$/s.exec(text);
  return match?.[1] ? resolve(root, match[1]) : null;
}

/** A linked work tree names the shared folder in its `commondir` file. */
function commonDirOf(gitDir: string): string {
  const text = readTextIfPresent(join(gitDir, "commondir"));
  return text === null ? gitDir : resolve(gitDir, text.trim());
}

function kindOf(gitDir: string, commonDir: string): Repository["kind"] {
  if (gitDir !== commonDir) return "worktree";
  return /[\\/]\.git[\\/]modules[\\/]/.test(gitDir) ? "submodule" : "separate";
}
